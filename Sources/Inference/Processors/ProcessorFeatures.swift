internal import Foundation

/// What this machine's processors can do that kernels are chosen by.
public enum ProcessorFeatures {
  /// As the kernel names them, the oldest first; empty where it does not say.
  public static var all: [String] { named(KernelFiles(root: URL(filePath: "/"))) }

  private static let known = [
    "sse4_1", "avx", "f16c", "fma", "avx2", "avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512_vnni", "avx512_bf16",
    "avx512_fp16", "avx_vnni", "amx_tile", "amx_bf16", "amx_int8", "asimd", "asimddp", "asimdhp", "bf16", "i8mm", "sve",
    "sve2",
  ]

  static func named(_ files: KernelFiles) -> [String] {
    let line = files.lines("/proc/cpuinfo").first { $0.hasPrefix("flags") || $0.hasPrefix("Features") } ?? ""
    let flags = Set(line.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "\t" }).map(String.init))
    return known.filter(flags.contains)
  }
}
