#pragma once

#include <stddef.h>

// The models that the program carries inside itself, so that it finds them wherever it is installed.
typedef struct {
  const unsigned char *bytes;
  size_t count;
} posetrail_embedded_file;

posetrail_embedded_file posetrail_pose_network(void);
posetrail_embedded_file posetrail_pose_description(void);
posetrail_embedded_file posetrail_detector_network(void);
posetrail_embedded_file posetrail_detector_description(void);
