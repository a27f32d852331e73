print("posetrail")
