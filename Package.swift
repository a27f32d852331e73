// swift-tools-version: 6.1

import PackageDescription

/// Settings shared by every Swift target.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Targets with inner loops stay optimised in debug builds, so that the tests run fast there too.
let kernelSettings: [SwiftSetting] =
  settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = [],
  kernels: Bool = false
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: kernels ? kernelSettings : settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    resources: resources, swiftSettings: settings)
}

/// What the program says it was built from; a package that is built from a copy without history says it in the environment.
let commit =
  Context.environment["POSETRAIL_COMMIT"]
  ?? Context.gitInformation.map { $0.currentCommit.prefix(12) + ($0.hasUncommittedChanges ? "-changed" : "") }

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
  name: "PoseTrail",
  products: [.executable(name: "posetrail", targets: ["posetrail"])],
  traits: [
    .trait(name: "OneDNN", description: "Fast convolutions from oneDNN (libdnnl-dev)."),
    .trait(name: "HDF5", description: "Files in HDF5: SLEAP's analysis, netCDF-4 of movement (libhdf5-dev)."),
    .default(enabledTraits: ["OneDNN", "HDF5"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
  ],
  targets: [
    // C libraries
    .systemLibrary(name: "CAllocator"),
    .systemLibrary(name: "CFileSystem"),
    .systemLibrary(name: "CFFmpeg", pkgConfig: "libavformat"),
    .target(name: "CBuild", cSettings: commit.map { [.define("POSETRAIL_COMMIT", to: $0)] }),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),
    .target(name: "COpenBLAS"),
    .target(name: "CFilters"),
    .target(
      name: "CHDF5", cSettings: [.define("POSETRAIL_HDF5", .when(traits: ["HDF5"]))],
      linkerSettings: ["hdf5_serial", "hdf5_serial_hl"].map { .linkedLibrary($0, .when(traits: ["HDF5"])) }),
    .target(
      name: "COneDNN", dependencies: ["CKernels"],
      cSettings: [.define("POSETRAIL_ONEDNN", .when(traits: ["OneDNN"]))],
      linkerSettings: [.linkedLibrary("dnnl", .when(traits: ["OneDNN"]))]),

    // Inner loops of our own in C, compiled for several levels of processors
    .target(
      name: "CKernels", exclude: ["kernels"], cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    .target(name: "CEmbeddedModels", exclude: ["models", "MODELS.md"]),

    // Values and files
    module("Timing"),
    module("Pose"),
    module("Files", ["CFileSystem", "CKernels"], kernels: true),
    module("Imaging", ["Pose", "CKernels"], kernels: true),
    module("Video", ["Files", "Timing", "Imaging", "CAllocator", "CFFmpeg", "CFilters"], kernels: true),

    // Networks
    module("Inference", ["CKernels"], kernels: true),
    module("OpenBLASBackend", ["Inference", "CKernels", "COpenBLAS"], kernels: true),
    module("OneDNNBackend", ["Inference", "CKernels", "COneDNN"], kernels: true),
    module("ModelFiles", ["Files", "Inference", protobuf], kernels: true),
    module("Architectures", ["Files", "Inference", "ModelFiles"]),
    module(
      "Models", ["Files", "Pose", "Inference", "ModelFiles", "Architectures", "CEmbeddedModels"],
      exclude: ["Description/README.md"]),

    // Stages
    module("Detection", ["Pose", "Imaging", "Inference", "Models", "Interchange"], kernels: true),
    module("Estimation", ["Pose", "Imaging", "Inference", "Models"], kernels: true),
    module("Tracking", ["Timing", "Pose", "Imaging"], kernels: true),
    module("Interchange", ["Files", "Timing", "Pose", "CHDF5"], kernels: true),
    module("Evaluation", ["Files", "Pose", "Interchange"], kernels: true),
    module("Overlay", ["Pose", "Imaging"], kernels: true),
    module(
      "Pipeline",
      [
        "Files", "Timing", "Pose", "Imaging", "Video", "Inference", "Architectures", "Models", "Detection",
        "Estimation", "Tracking", "Interchange", "Evaluation", "Overlay",
      ]),
    module("Batch", ["Files", "Timing", "Pose", "Video", "Interchange", "Pipeline", "CSQLite"]),
    .executableTarget(
      name: "posetrail",
      dependencies: [
        "Batch", "Files", "Timing", "Pose", "Video", "Inference", "ModelFiles", "Architectures", "Models", "Detection",
        "Estimation", "Tracking", "Interchange", "Evaluation", "Overlay", "Pipeline", "OpenBLASBackend", "CAllocator",
        "CBuild",
        .target(name: "OneDNNBackend", condition: .when(traits: ["OneDNN"])), argumentParser,
      ],
      swiftSettings: settings),

    // Tests
    .target(
      name: "TestSupport",
      dependencies: [
        "CKernels", "Files", "Pose", "Imaging", "Inference", "ModelFiles", "Architectures", "Models", "Interchange",
        "CFFmpeg",
      ],
      path: "Tests/TestSupport", swiftSettings: settings),
    tests("Timing", []),
    tests("Files", []),
    tests("Pose", [], resources: [.copy("Fixtures")]),
    tests("Imaging", ["Pose", "CKernels"], resources: [.copy("Fixtures")]),
    tests("Video", ["Files", "Timing", "Imaging", "Pose"]),
    tests("Inference", ["OpenBLASBackend"], resources: [.copy("Fixtures")]),
    tests("CKernels", ["Inference"]),
    tests("OpenBLASBackend", ["Inference"]),
    tests("OneDNNBackend", ["Inference"]),
    tests(
      "ModelFiles", ["Files", "Inference", "OpenBLASBackend", "OneDNNBackend"], resources: [.copy("Fixtures")]),
    tests(
      "Architectures", ["Inference", "OpenBLASBackend", "OneDNNBackend", "ModelFiles", "Models"],
      resources: [.copy("Fixtures")]),
    tests("Models", ["Files", "Inference", "ModelFiles", "Architectures", "Pose"]),
    tests(
      "Detection", ["Pose", "Imaging", "Inference", "ModelFiles", "Architectures", "Models", "Video"],
      resources: [.copy("Fixtures")]),
    tests(
      "Estimation", ["Pose", "Imaging", "Inference", "ModelFiles", "Models"],
      resources: [.copy("Fixtures")]),
    tests("Tracking", ["Timing", "Pose", "Imaging", "Interchange", "Evaluation"], resources: [.copy("Fixtures")]),
    tests("Interchange", ["Files", "Timing", "Pose", "CHDF5"], resources: [.copy("Fixtures")]),
    tests("Evaluation", ["Files", "Pose", "Interchange"], resources: [.copy("Fixtures")]),
    tests("Overlay", ["Pose", "Imaging"]),
    tests("Pipeline", ["Files", "Timing", "Pose", "Imaging", "Video", "Tracking", "Interchange", "Overlay"]),
    tests("Batch", ["Files", "Timing", "Pose", "Video", "Interchange", "Pipeline", "CSQLite"]),
    tests(
      "posetrail",
      ["Files", "Timing", "Evaluation", "Inference", "ModelFiles", "Interchange", "Video", "Imaging", "Pose"]),
  ],
  swiftLanguageModes: [.v6]
)
