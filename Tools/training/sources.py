"""The public repositories the models are trained from: what is taken of each, at which commit, under which licence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    name: str          # folder below the data directory
    repository: str    # owner/name on GitHub
    commit: str
    paths: tuple       # folders or files taken
    licence: str


SOURCES = (
    Source("coco-labels", "Jar-17/yolov7_for_baseball", "3b2e46c436e3a382cc6ef056f13dff551918ebe0",
           ("labels/train2017", "labels/val2017"), "COCO annotations, CC BY 4.0"),
    Source("coco-val", "minto5z/coco_yolo", "4715f5ca05a6ffc148d4c4e5b0a131663655f2be",
           ("coco/images", "coco/labels/train2017", "coco/labels/val2017"),
           "COCO images (Flickr terms), annotations CC BY 4.0"),
    Source("coco-train-a", "developer0hye/COCO128", "47a3de30aaf7ad1c02105bd80598fb03ac0d0789",
           ("train2017", "val2017"), "COCO images (Flickr terms)"),
    Source("coco-train-b", "jiangkx/ATSS", "d61fd19069317cf5d040a1a21dc07b3b379b1f6b",
           ("data/coco",), "COCO images (Flickr terms)"),
    Source("coco-train-c", "ManaviAgrawal/VQA", "1b3c07d6dc2ff87ec515d390218fbd32260ae85c",
           ("train2014",), "COCO images (Flickr terms)"),
    Source("coco-train-d", "Obmutescence/COCO-MINI", "644f29e7c1d2eefd9c4412d39bc5b0ee6fd0afd4",
           ("train2017",), "COCO images (Flickr terms)"),
    Source("coco-train-e", "Deci-AI/super-gradients", "e0ccacf8868ffa1296fa4f8407c03d2bc227312c",
           ("tests/data/pose_minicoco/images/train2017", "tests/data/tinycoco/images"), "COCO images (Flickr terms)"),
    Source("coco-train-f", "sumayyamanji/coco_vqa", "554d3a7b58961b5b494d43f6e7a7f4ca77baa0d8",
           ("demo_images",), "COCO images (Flickr terms)"),
    Source("coco-train-g", "tikitong/minicoco", "1eaa6e1f2a93d1778f29f9cbfb4e6d769fdd7d42",
           ("data/images",), "COCO images (Flickr terms)"),
    Source("coco-train-h", "NUS-VIP/salicon-api", "b4a7af9112006b85b55a6567d8da9be1165da890",
           ("images",), "COCO images (Flickr terms)"),
    Source("coco-train-i", "Cheng-Lin-Li/show-attend-and-tell", "4a39e41af37056f422151ced109017c1c9200cb2",
           ("data/train/images", "data/val/images"), "COCO images (Flickr terms)"),
    Source("coco-train-j", "esteng/ambiguous_vqa", "8bde18a47bdb4b6177ae5aa4edced999ec5bd00b",
           ("data/to_copy",), "COCO images (Flickr terms)"),
    Source("lsp", "axelcarlier/lsp", "8fabf3183516b1be5f9d44bd1c516609637e983e",
           ("images", "joints.mat"), "academic, no explicit licence"),
    Source("person-tracker", "ahsanirfan961/Person-Tracker", "b2c8d712",
           ("Capston2-11",), "CC BY 4.0"),
    Source("pedestrians", "LS-chen/Pedestrian-behavior-detection-and-prediction",
           "26cfc4cd4ddf0de0f55cabcde39f2d9dd0571a13", ("Annotations", "JPEGImages"), "none stated"),
    Source("teacher", "FeiGeChuanShu/ncnn_Android_PP-TinyPose", "1a8515f9039b0b01787bda4fc3f1545f3701c2d9",
           ("app/src/main/assets",), "PaddleDetection models, Apache-2.0"),
)
