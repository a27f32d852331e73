#pragma once

#include <errno.h>
#include <stdbool.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/cpu.h>
#include <libavutil/dict.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

// FFmpeg's macros with casts and arguments, which Swift does not import.
static inline int64_t ffmpeg_no_timestamp(void) { return AV_NOPTS_VALUE; }
static inline int ffmpeg_error_again(void) { return AVERROR(EAGAIN); }
static inline int ffmpeg_error_end(void) { return AVERROR_EOF; }
static inline int ffmpeg_error_invalid_data(void) { return AVERROR_INVALIDDATA; }
static inline int ffmpeg_error_no_memory(void) { return AVERROR(ENOMEM); }
static inline int ffmpeg_error_no_space(void) { return AVERROR(ENOSPC); }
static inline int ffmpeg_error_no_file(void) { return AVERROR(ENOENT); }
static inline int ffmpeg_error_no_access(void) { return AVERROR(EACCES); }
static inline int ffmpeg_error_no_filter(void) { return AVERROR_FILTER_NOT_FOUND; }
static inline int ffmpeg_error_exit(void) { return AVERROR_EXIT; }

// Whether a demuxer complained, or a decoder of a packet that `from` or a higher number was given to (`reordered_opaque`). The threads of
// the decoder write it.
typedef struct {
    atomic_llong from;
    atomic_bool raised;
} ffmpeg_complaints;

static inline ffmpeg_complaints *ffmpeg_make_complaints(void) { return calloc(1, sizeof(ffmpeg_complaints)); }
static inline bool ffmpeg_has_complaints(ffmpeg_complaints *complaints) { return atomic_load(&complaints->raised); }
static inline void ffmpeg_await_complaints(ffmpeg_complaints *complaints, int64_t from) {
    atomic_store(&complaints->from, from);
    atomic_store(&complaints->raised, false);
}

// Prints nothing; what a decoder complains of, and what a demuxer calls an error, is noted where its context points to.
static void ffmpeg_note_log(void *object, int level, const char *format, va_list arguments) {
    (void)arguments;
    if (!object) return;
    if (*(const AVClass *const *)object == avformat_get_class() && level <= AV_LOG_ERROR) {
        ffmpeg_complaints *complaints = (ffmpeg_complaints *)((const AVFormatContext *)object)->opaque;
        if (complaints) atomic_store(&complaints->raised, true);
    }
    if (*(const AVClass *const *)object != avcodec_get_class()) return;
    // That parts of a picture are missing is told as a mere information.
    if (level > AV_LOG_WARNING && strncmp(format, "concealing", 10) != 0) return;
    const AVCodecContext *context = (const AVCodecContext *)object;
    ffmpeg_complaints *complaints = (ffmpeg_complaints *)context->opaque;
    if (complaints && context->reordered_opaque >= atomic_load(&complaints->from))
        atomic_store(&complaints->raised, true);
}
static inline void ffmpeg_silence_log(void) { av_log_set_callback(ffmpeg_note_log); }

// Pictures that are black before they are decoded: what a decoder leaves out is not what lay in memory by chance.
static int ffmpeg_get_black_buffer(AVCodecContext *context, AVFrame *frame, int flags) {
    const int result = avcodec_default_get_buffer2(context, frame, flags);
    if (result < 0) return result;
    ptrdiff_t strides[4];
    for (int plane = 0; plane < 4; plane++) strides[plane] = frame->linesize[plane];
    if (av_image_fill_black(frame->data, strides, (enum AVPixelFormat)frame->format, context->color_range,
                            frame->width, frame->height) >= 0)
        return 0;
    for (int plane = 0; plane < AV_NUM_DATA_POINTERS && frame->buf[plane]; plane++)
        memset(frame->buf[plane]->data, 0, frame->buf[plane]->size);
    return 0;
}
static inline void ffmpeg_use_black_buffers(AVCodecContext *context) { context->get_buffer2 = ffmpeg_get_black_buffer; }
