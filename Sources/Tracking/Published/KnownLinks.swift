package import Pose
package import Timing

/// Links as they were found before, frame by frame, where the pictures that they were found by are gone.
package struct KnownLinks: FrameTracker {
  private let links: [[Link]]
  private var frame = 0

  package init(_ links: [[Link]]) { self.links = links }

  package func fate(of track: Int) -> TrackFate { .confirmed }

  package mutating func update(_ poses: [Pose], at time: MediaTime, beginsShot: Bool?) -> [Link] {
    defer { frame += 1 }
    return frame < links.count ? links[frame] : []
  }
}
