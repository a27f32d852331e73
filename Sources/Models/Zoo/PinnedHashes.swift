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
    "yolox_nano.pth": "cd28f55fbbc1829f99d9ac9b38a16d259a22889739c8728ea877610201feff7b",
    "yolox_tiny.pth": "9de513de589ac98bb92d3bca53b5af7b9acfa9b0bacb831f7999d0f7afaee8f0",
    "yolox_s.pth": "f55ded7181e1b0c13285c56e7790b8f0e8f8db590fe4edb37f0b7f345c913a30",
    "yolox_m.pth": "60076992b32da82951c90cfa7bd6ab70eba9eda243e08b940a396f60ac2d19b6",
    "yolox_l.pth": "1e6b7fa6240375370b2a8a8eab9066b3cdd43fd1d0bfa8d2027fd3a51def2917",
    "yolox_x.pth": "5652330b6ae860043f091b8f550a60c10e1129f416edfdb65c259be6caf355cf",
  ]
}
