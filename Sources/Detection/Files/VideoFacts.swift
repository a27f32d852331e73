/// What is known of a video before its frames are read, for finding out whether a file of boxes belongs to it.
package struct VideoFacts: Hashable, Sendable {
  /// The name of the file without its ending, or of the directory of images; picks one video out of several in a file.
  package var name: String
  /// Of every frame; pictures of a folder have sizes of their own.
  package var width: Int
  package var height: Int
  /// nil where the container does not say.
  package var frameCount: Int?
  /// The file names, in order, where the source is a directory of images.
  package var frameNames: [String]?

  package init(name: String, width: Int, height: Int, frameCount: Int? = nil, frameNames: [String]? = nil) {
    self.name = name
    self.width = width
    self.height = height
    self.frameCount = frameCount ?? frameNames?.count
    self.frameNames = frameNames
  }
}
