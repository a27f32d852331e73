internal import Architectures

/// RTMDet (Lyu et al., 2022), YOLOX (Ge et al., 2021) and YOLOv3 (Redmon and Farhadi, 2018).
extension DetectorTable {
  static let oneStage = [
    DetectorTable(
      dataSet: "coco-obj365-person", folder: "mmpose/v1/projects/rtmpose",
      description: { rtmDet($0, $1, classCount: 1, suppressionThreshold: 0.6, boxLimit: 100) },
      rows: """
        rtmdet_nano_8xb32-100e_coco-obj365-person-05d8511e rtmdet-nano 320 40.3
        rtmdet_m_8xb32-100e_coco-obj365-person-235e8209    rtmdet-m    640 62.5
        """),
    DetectorTable(
      dataSet: "coco", folder: "mmdetection/v3.0/rtmdet",
      description: { rtmDet($0, $1, classCount: 80, suppressionThreshold: 0.65, boxLimit: 300) },
      rows: """
        rtmdet_tiny_8xb32-300e_coco/rtmdet_tiny_8xb32-300e_coco_20220902_112414-78e30dcc rtmdet-tiny 640 40.9
        rtmdet_s_8xb32-300e_coco/rtmdet_s_8xb32-300e_coco_20220905_161602-387a891e       rtmdet-s    640 44.5
        rtmdet_m_8xb32-300e_coco/rtmdet_m_8xb32-300e_coco_20220719_112220-229f527c       rtmdet-m    640 49.1
        rtmdet_l_8xb32-300e_coco/rtmdet_l_8xb32-300e_coco_20220719_112030-5a0be7c4       rtmdet-l    640 51.3
        rtmdet_x_8xb32-300e_coco/rtmdet_x_8xb32-300e_coco_20220715_230555-cc79b9ae       rtmdet-x    640 52.6
        """),
    DetectorTable(
      dataSet: "coco", folder: "mmdetection/v2.0/yolox", description: { yolox($0, $1) },
      rows: """
        yolox_tiny_8x8_300e_coco/yolox_tiny_8x8_300e_coco_20211124_171234-b4047906 yolox-tiny 416 32.0
        yolox_s_8x8_300e_coco/yolox_s_8x8_300e_coco_20211121_095711-4592a793       yolox-s    640 40.5
        yolox_l_8x8_300e_coco/yolox_l_8x8_300e_coco_20211126_140236-d3bd2b23       yolox-l    640 49.4
        yolox_x_8x8_300e_coco/yolox_x_8x8_300e_coco_20211126_140254-1ef88d67       yolox-x    640 50.9
        """),
    DetectorTable(
      dataSet: "coco", server: "https://github.com/", folder: "Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0",
      description: { yolox($0, $1) },
      rows: """
        yolox_nano yolox-nano 416 25.8
        yolox_tiny yolox-tiny 416 32.8
        yolox_s    yolox-s    640 40.5
        yolox_m    yolox-m    640 46.9
        yolox_l    yolox-l    640 49.7
        yolox_x    yolox-x    640 51.1
        """),
    DetectorTable(
      dataSet: "coco", folder: "mmdetection/v2.0/yolo", description: { yolov3($0, $1) },
      rows: """
        yolov3_d53_320_273e_coco/yolov3_d53_320_273e_coco-421362b6                                      yolov3 320 27.9
        yolov3_d53_mstrain-416_273e_coco/yolov3_d53_mstrain-416_273e_coco-2b60fcd9                      yolov3 416 30.9
        yolov3_d53_mstrain-608_273e_coco/yolov3_d53_mstrain-608_273e_coco_20210518_115020-a2c3acb8      yolov3 608 33.7
        yolov3_d53_fp16_mstrain-608_273e_coco/yolov3_d53_fp16_mstrain-608_273e_coco_20210517_213542-4bc34944 yolov3 608 33.7
        """),
  ]

  private static func rtmDet(
    _ network: String, _ size: Int, classCount: Int, suppressionThreshold: Double, boxLimit: Int
  ) -> DetectorDescription? {
    let sizes = [
      "rtmdet-nano": RTMDet(
        width: 0.25, depth: 0.33, headChannels: 64, neckBlocks: 1, logDistances: false, usesDepthwise: true),
      "rtmdet-tiny": RTMDet(width: 0.375, depth: 0.167, headChannels: 96, neckBlocks: 1, logDistances: false),
      "rtmdet-s": RTMDet(width: 0.5, depth: 0.33, headChannels: 128, neckBlocks: 1, logDistances: false),
      "rtmdet-m": RTMDet(width: 0.75, depth: 0.67, headChannels: 192, neckBlocks: 2),
      "rtmdet-l": RTMDet.published,
      "rtmdet-x": RTMDet(width: 1.25, depth: 1.33, headChannels: 320, neckBlocks: 4),
    ]
    return sizes[network].map {
      DetectorDescription(
        inputWidth: size, inputHeight: size,
        pixels: PixelFormat(channelOrder: .bgr, mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395]),
        fit: .letterbox(.init(position: .topLeft)), format: "rtmdet", classCount: classCount,
        suppressionThreshold: suppressionThreshold, boxLimit: boxLimit, architecture: DetectorArchitecture($0))
    }
  }

  private static func yolox(_ network: String, _ size: Int) -> DetectorDescription? {
    let sizes = [
      "yolox-nano": YOLOX(width: 0.25, depth: 0.33, usesDepthwise: true),
      "yolox-tiny": YOLOX(width: 0.375, depth: 0.33),
      "yolox-s": YOLOX(width: 0.5, depth: 0.33), "yolox-m": YOLOX(width: 0.75, depth: 0.67),
      "yolox-l": YOLOX.published, "yolox-x": YOLOX(width: 1.25, depth: 1.33),
    ]
    return sizes[network].map {
      DetectorDescription(
        inputWidth: size, inputHeight: size, pixels: PixelFormat(channelOrder: .bgr, mean: [0, 0, 0], std: [1, 1, 1]),
        fit: .letterbox(.init(position: .topLeft)), format: "yolox", classCount: 80, suppressionThreshold: 0.65,
        architecture: DetectorArchitecture($0))
    }
  }

  private static func yolov3(_ network: String, _ size: Int) -> DetectorDescription? {
    DetectorDescription(
      inputWidth: size, inputHeight: size,
      pixels: PixelFormat(channelOrder: .rgb, mean: [0, 0, 0], std: [255, 255, 255]),
      fit: .letterbox(.init(position: .topLeft, value: 0, longestSide: size, multiple: 32)), format: "yolov3",
      strides: [32, 16, 8], classCount: 80, suppressionThreshold: 0.45, candidateLimit: 1000, boxLimit: 100,
      architecture: DetectorArchitecture(YOLOv3.published))
  }
}
