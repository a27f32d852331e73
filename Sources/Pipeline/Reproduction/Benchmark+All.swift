internal import Evaluation

extension Benchmark {
  /// All there are, in the order of the help. A new one is added here, and nowhere else. Folders and thresholds are those of
  /// mmpose's configurations.
  package static let all: [Benchmark] = [
    coco, wholeBody, crowdPose, ochuman, aic, humanArt, mhp, mpii, mpiiTRB, poseTrack18,
  ]

  private static let averages = Dictionary(
    uniqueKeysWithValues: ["AP", "AP50", "AP75", "AR", "AR50"].map { ($0, $0) })

  private static let cocoImages = Part(
    path: "val2017", source: "2017 Val images of cocodataset.org, val2017.zip: 5,000 photos, 1 GB")

  private static let cocoDetections = (
    part: Part(
      path: "person_detection_results/COCO_val2017_detections_AP_H_56_person.json",
      source:
        "\"person detection result of COCO val2017\" of HRNet-Human-Pose-Estimation, linked from mmpose's page on "
        + "2D body keypoint datasets: 104,125 boxes"
    ), threshold: 0.0
  )

  private static let coco = Benchmark(
    name: "coco", dataSets: ["coco", "body8"],
    annotations: Part(
      path: "annotations/person_keypoints_val2017.json",
      source: "2017 Train/Val annotations of cocodataset.org, annotations_trainval2017.zip: 241 MB"),
    images: cocoImages, imagePrefix: "val2017/", detections: cocoDetections, boxes: .detected, evaluation: .coco,
    keypointSets: ["coco17", "ochuman17"],
    figures: averages.merging(["AP(COCO)": "AP"]) { $1 })

  private static let wholeBody = Benchmark(
    name: "coco-wholebody", dataSets: ["coco-wholebody", "ubody"],
    annotations: Part(
      path: "annotations/coco_wholebody_val_v1.0.json",
      source: "github.com/jin-s13/COCO-WholeBody, annotations of the validation set"),
    images: cocoImages, imagePrefix: "val2017/", detections: cocoDetections, boxes: .detected, evaluation: .wholeBody,
    keypointSets: ["wholebody133", "ubody133"],
    figures: Dictionary(
      uniqueKeysWithValues: [
        ("Body", "body"), ("Foot", "foot"), ("Face", "face"), ("Hand", "hand"), ("Whole", "wholebody"),
      ].flatMap { part, row in ["AP", "AR"].map { ("\(part) \($0)", "\(row).\($0)") } }))

  private static let crowdPose = Benchmark(
    name: "crowdpose", dataSets: ["crowdpose"],
    annotations: Part(
      path: "annotations/mmpose_crowdpose_test.json",
      source: "crowdpose_annotations.tar of mmpose's page on 2D body keypoint datasets"),
    images: Part(path: "images", source: "github.com/Jeff-sjtu/CrowdPose, train, validation and test images"),
    imagePrefix: "images/",
    detections: (
      Part(
        path: "annotations/det_for_crowd_test_0.1_0.5.json",
        source: "crowdpose_annotations.tar of mmpose's page on 2D body keypoint datasets"), 0
    ), boxes: .detected, evaluation: .crowdPose,
    keypointSets: ["crowdpose14"],
    figures: [
      "AP": "AP", "AP50": "AP50", "AP75": "AP75", "AP (E)": "AP_easy", "AP (M)": "AP_medium", "AP (H)": "AP_hard",
    ])

  private static let ochuman = Benchmark(
    name: "ochuman", dataSets: ["ochuman"],
    annotations: Part(
      path: "annotations/ochuman_coco_format_test_range_0.00_1.00.json",
      source: "github.com/liruilong940607/OCHumanApi, annotations in the format of COCO"),
    images: Part(path: "images", source: "github.com/liruilong940607/OCHumanApi, images: 667 MB"),
    imagePrefix: "images/", boxes: .groundTruth, evaluation: .ochuman, keypointSets: ["coco17", "ochuman17"],
    figures: averages)

  private static let aic = Benchmark(
    name: "aic", dataSets: ["aic"],
    annotations: Part(
      path: "annotations/aic_val.json",
      source: "aic_annotations.tar of mmpose's page on 2D body keypoint datasets"),
    images: Part(
      path: "ai_challenger_keypoint_validation_20170911/keypoint_validation_images_20170911",
      source: "github.com/AIChallenger/AI_Challenger_2017, keypoints, validation set"),
    imagePrefix: "ai_challenger_keypoint_validation_20170911/keypoint_validation_images_20170911/",
    boxes: .groundTruth, evaluation: .aic, keypointSets: ["aic14"],
    figures: averages)

  private static let humanArt = Benchmark(
    name: "humanart", dataSets: ["human-art"],
    annotations: Part(
      path: "HumanArt/annotations/validation_humanart.json",
      source: "idea-research.github.io/HumanArt, by its data form"),
    images: Part(
      path: "HumanArt/images", source: "idea-research.github.io/HumanArt, by its data form: 50,000 pictures"),
    imagePrefix: "",
    detections: (
      Part(
        path: "HumanArt/person_detection_results/HumanArt_validation_detections_AP_H_56_person.json",
        source: "named on mmpose's page on 2D body keypoint datasets, under Human-Art"), 0
    ), boxes: .detected, evaluation: .humanArt, keypointSets: ["coco17"],
    figures: averages)

  private static let mhp = Benchmark(
    name: "mhp", dataSets: ["mhp"],
    annotations: Part(
      path: "annotations/mhp_val.json",
      source: "mhp_annotations.tar.gz of mmpose's page on 2D body keypoint datasets"),
    images: Part(path: "val/images", source: "lv-mhp.github.io, LV-MHP-v2, photos of the validation set"),
    imagePrefix: "val/images/", boxes: .groundTruth, evaluation: .mhp, keypointSets: ["mhp16"],
    figures: averages)

  private static let mpii = Benchmark(
    name: "mpii", dataSets: ["mpii"],
    annotations: Part(
      path: "annotations/mpii_val.json",
      source: "mpii_annotations.tar of mmpose's page on 2D body keypoint datasets"),
    images: Part(path: "images", source: "human-pose.mpi-inf.mpg.de, images: 12.9 GB"),
    imagePrefix: "images/",
    others: [
      Part(
        path: "annotations/mpii_gt_val.mat",
        source: "mpii_annotations.tar of mmpose's page on 2D body keypoint datasets")
    ], boxes: .groundTruth, layout: .mpii, evaluation: .mpii, keypointSets: ["mpii16"],
    figures: ["Mean": "Mean", "Mean@0.1": "Mean@0.1"],
    whole: 100)

  private static let mpiiTRB = Benchmark(
    name: "mpii-trb", dataSets: ["mpii-trb"],
    annotations: Part(
      path: "annotations/mpii_trb_val.json",
      source: "mpii_trb_annotations.tar of mmpose's page on 2D body keypoint datasets"),
    images: Part(path: "images", source: "human-pose.mpi-inf.mpg.de, images: 12.9 GB"),
    imagePrefix: "images/", boxes: .groundTruth, layout: .mpiiTRB, evaluation: .mpiiTRB,
    keypointSets: ["trb40"],
    figures: ["Skeleton Acc": "Skeleton_acc", "Contour Acc": "Contour_acc", "Mean Acc": "Mean_acc"])

  private static let poseTrack18 = Benchmark(
    name: "posetrack18", dataSets: ["posetrack18"],
    annotations: Part(
      path: "annotations/posetrack18_val.json",
      source: "posetrack18_annotations.tar of mmpose's page on 2D body keypoint datasets"),
    images: Part(
      path: "images/val", source: "posetrack.net/users/download.php, PoseTrack18: frames of the validation videos"),
    imagePrefix: "",
    detections: (
      Part(
        path: "annotations/posetrack18_val_human_detections.json",
        source: "mmpose's page on 2D body keypoint datasets: boxes of Cascade R-CNN X-101-64x4d-FPN"), 0.4
    ),
    others: [
      Part(
        path: "annotations/val",
        source:
          "posetrack18_annotations.tar of mmpose's page on 2D body keypoint datasets: a file a video")
    ], boxes: .groundTruth, layout: .poseTrack, evaluation: .poseTrack18,
    keypointSets: ["posetrack18"],
    figures: Dictionary(
      uniqueKeysWithValues: ["Head", "Shou", "Elb", "Wri", "Hip", "Knee", "Ankl", "Total"].map { ($0, "AP.\($0)") }),
    whole: 100)
}
