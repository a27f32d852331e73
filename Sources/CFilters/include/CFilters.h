/// libavfilter, loaded when it is first needed.
///
/// It brings some thirty other libraries along, among them OpenBLAS, which must not be loaded before its environment is
/// settled (see COpenBLAS).
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Loads the library. Returns NULL, or else what is wrong. To be called once, before the other functions.
const char *cfilters_load(void);

typedef struct cfilters_chain cfilters_chain;

/// Makes a chain of `count` filters, the first of which is "buffer" and the last "buffersink". All results are FFmpeg's codes.
int cfilters_open(cfilters_chain **chain, const char *const *names, const char *const *options, int count, int threads);

/// Gives an AVFrame, which stays as it is, or NULL after the last.
int cfilters_send(cfilters_chain *chain, void *frame);

/// Takes an AVFrame, which must be empty before.
int cfilters_receive(cfilters_chain *chain, void *frame);

void cfilters_close(cfilters_chain *chain);

#ifdef __cplusplus
}
#endif
