private import CAllocator
private import Foundation
private import OpenBLASBackend

/// What libraries take from the process that they are loaded into. All of it is settled here, before a command runs, while
/// the program has one thread: the environment is nobody's to write once there are others who may read it.
enum Environment {
  static func settle() {
    keepFreedMemory()
    for (name, value) in OpenBLASBackend.environment { setenv(name, value, 0) }
    // libsvtav1 tells its settings, and nobody else's, on standard error.
    setenv("SVT_LOG", "0", 0)
  }

  /// Frames come and go by the megabyte. Left to itself the allocator gives each back to the system, which clears it
  /// again for the next one; that takes a tenth of the whole time of a run.
  private static func keepFreedMemory() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20)
    mallopt(M_TRIM_THRESHOLD, 512 << 20)
  }

  /// Lets OpenMP's threads, which oneDNN computes on, sleep soon when they wait for each other. By default they spin for
  /// milliseconds, on the very processors that decoder, encoder or other programs need: on a busy machine that makes a
  /// run several times as long.
  ///
  /// OpenMP reads its settings when it is loaded, before `main`, so the program starts itself again with them, which a command
  /// without networks need not wait for.
  static func limitSpinning() {
    #if OneDNN
    guard getenv("GOMP_SPINCOUNT") == nil, getenv("OMP_WAIT_POLICY") == nil,
      let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    else { return }
    setenv("GOMP_SPINCOUNT", "2000", 1)
    execv(program, CommandLine.unsafeArgv)
    #endif
  }
}
