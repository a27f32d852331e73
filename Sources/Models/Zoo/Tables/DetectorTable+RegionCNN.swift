internal import Architectures

/// Faster R-CNN (Ren et al., 2015) and Cascade R-CNN (Cai and Vasconcelos, 2019) with feature pyramids.
extension DetectorTable {
  static let regionCNN = [
    DetectorTable(
      dataSet: "coco", folder: "mmdetection/v2.0/faster_rcnn", description: { rcnn($0, $1) },
      rows: """
        faster_rcnn_r50_fpn_1x_coco/faster_rcnn_r50_fpn_1x_coco_20200130-047c8118                        faster-rcnn-r50 800 37.4
        faster_rcnn_r50_fpn_2x_coco/faster_rcnn_r50_fpn_2x_coco_bbox_mAP-0.384_20200504_210434-a5d8aa15 faster-rcnn-r50 800 38.4
        """),
    DetectorTable(
      dataSet: "coco", folder: "mmdetection/v2.0/cascade_rcnn", description: { rcnn($0, $1) },
      rows: """
        cascade_rcnn_x101_64x4d_fpn_1x_coco/cascade_rcnn_x101_64x4d_fpn_1x_coco_20200515_075702-43ce6a30   cascade-rcnn-x101-64x4d 800 44.7
        cascade_rcnn_x101_64x4d_fpn_20e_coco/cascade_rcnn_x101_64x4d_fpn_20e_coco_20200509_224357-051557b1 cascade-rcnn-x101-64x4d 800 44.5
        """),
  ]

  private static func rcnn(_ network: String, _ shorterSide: Int) -> DetectorDescription? {
    let sizes = [
      "faster-rcnn-r50": RegionCNN.published, "cascade-rcnn-x101-64x4d": RegionCNN(depth: 101, groups: 64, stages: 3),
    ]
    return sizes[network].map {
      DetectorDescription(
        inputWidth: 1333, inputHeight: shorterSide, pixels: .imageNet,
        fit: .letterbox(
          .init(position: .topLeft, value: nil, longestSide: 1333, shortestSide: shorterSide, multiple: 32)),
        format: "rcnn", classCount: 80, suppressionThreshold: 0.5, boxLimit: 100,
        architecture: DetectorArchitecture($0))
    }
  }
}
