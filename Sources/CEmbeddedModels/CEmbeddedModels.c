#include "CEmbeddedModels.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char pose_network[] = {
#embed "models/pose-coco17.onnx"
};

static const unsigned char pose_description[] = {
#embed "models/pose-coco17.json"
};

static const unsigned char detector_network[] = {
#embed "models/person-detector.onnx"
};

static const unsigned char detector_description[] = {
#embed "models/person-detector.json"
};

#define EMBEDDED_FILE(name)                                        \
  posetrail_embedded_file posetrail_##name(void) {                 \
    return (posetrail_embedded_file){name, sizeof name};           \
  }

EMBEDDED_FILE(pose_network)
EMBEDDED_FILE(pose_description)
EMBEDDED_FILE(detector_network)
EMBEDDED_FILE(detector_description)
