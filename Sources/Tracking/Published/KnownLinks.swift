package import Pose

/// Links as they were found before, frame by frame, where the pictures that they were found by are gone.
package struct KnownLinks: FrameTracker {
  private let links: [[Link]]
  private var count = 0

  package init(_ links: [[Link]]) { self.links = links }

  package func fate(of track: Int) -> TrackFate { .confirmed }

  package mutating func update(_ poses: [Pose], in frame: FrameContext) -> [Link] {
    defer { count += 1 }
    return count < links.count ? links[count] : []
  }
}
