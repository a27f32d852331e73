/// Full SHA-256 of checkpoints that people have received from the published addresses and written down, by file name. Most
/// publications state the first 32 bits alone, in the file's name.
enum PinnedHashes {
  static let byFileName = [
    "res50_coco_256x192-ec54d7f3_20200709.pth": "ec54d7f3a287169022530c15dc5b5e6d0224e3c7a3881c26231c63f63686c9b3",
    "rtmpose-m_simcc-body7_pt-body7_420e-256x192-e48f03d0_20230504.pth":
      "e48f03d0cfe1285ee8b6d3457ac3ce33a4594a92b080053ab1ec4a7e300975f2",
    // Replaced by its publishers in April 2023 under its old name.
    "rtmpose-m_simcc-aic-coco_pt-aic-coco_420e-256x192-63eb25f7_20230126.pth":
      "5e55be2a03f6e5dcd14d088afc4ae5afe94a4f9de93c22e5deb725ad0eee899d",
  ]
}
