#pragma once

#ifdef POSETRAIL_ONEDNN
#include <oneapi/dnnl/dnnl.h>
#endif
