/// Functions that kernels apply to numbers while they are in registers. This is the one list of them in C.
#pragma once

/// Swift sees a closed list, whose values it can switch over.
#define CK_CLOSED __attribute__((enum_extensibility(closed)))

typedef enum CK_CLOSED CKActivationKind {
  CKActivationIdentity,
  CKActivationRelu,
  /// x < 0 ? a · x : x
  CKActivationLeakyRelu,
  /// min(max(x, a), b)
  CKActivationClip,
  CKActivationSigmoid,
  /// clip(a · x + b, 0, 1)
  CKActivationHardSigmoid,
  CKActivationHardSwish,
  CKActivationSilu,
  CKActivationGeluErf,
  CKActivationGeluTanh,
  /// x < 0 ? a · (exp(x) − 1) : x
  CKActivationElu,
  CKActivationTanh,
  CKActivationSoftplus,
  CKActivationMish,
} CKActivationKind;

typedef struct CKActivation {
  CKActivationKind kind;
  float a, b;
} CKActivation;

typedef enum CK_CLOSED CKBinary {
  CKBinaryAdd,
  CKBinarySubtract,
  CKBinaryMultiply,
  CKBinaryDivide,
  CKBinaryMaximum,
  CKBinaryMinimum,
} CKBinary;
