internal import CFFmpeg

/// Tells FFmpeg, whenever it is about to wait for a file, whether to give up.
final class StopRequest: Sendable {
  private let check: @Sendable () -> Bool

  init(_ check: @escaping @Sendable () -> Bool) {
    self.check = check
  }

  var isMade: Bool { check() }

  /// For as long as this object lives.
  var callback: AVIOInterruptCB {
    AVIOInterruptCB(
      callback: { opaque in
        guard let opaque else { return 0 }
        return Unmanaged<StopRequest>.fromOpaque(opaque).takeUnretainedValue().isMade ? 1 : 0
      }, opaque: Unmanaged.passUnretained(self).toOpaque())
  }
}
