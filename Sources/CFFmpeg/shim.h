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
#include <libavutil/motion_vector.h>
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

// Fields whose names changed between the versions 5 (Debian 12) and 7 (Debian 13).
static inline int64_t ffmpeg_duration(const AVFrame *frame) {
#if LIBAVUTIL_VERSION_MAJOR >= 58
    return frame->duration;
#else
    return frame->pkt_duration;
#endif
}
static inline void ffmpeg_set_duration(AVFrame *frame, int64_t duration) {
#if LIBAVUTIL_VERSION_MAJOR >= 58
    frame->duration = duration;
#else
    frame->pkt_duration = duration;
#endif
}
static inline bool ffmpeg_is_interlaced(const AVFrame *frame) {
#if LIBAVUTIL_VERSION_MAJOR >= 59
    return frame->flags & AV_FRAME_FLAG_INTERLACED;
#else
    return frame->interlaced_frame;
#endif
}
static inline const uint8_t *ffmpeg_display_matrix(const AVStream *stream) {
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    const AVCodecParameters *parameters = stream->codecpar;
    const AVPacketSideData *data = av_packet_side_data_get(
        parameters->coded_side_data, parameters->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return data && data->size >= 36 ? data->data : NULL;
#else
    return av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, NULL);
#endif
}
// Room for the display matrix (nine numbers) of a stream that is to be written; NULL without memory.
static inline int32_t *ffmpeg_add_display_matrix(AVStream *stream) {
    const size_t size = 9 * sizeof(int32_t);
#if LIBAVFORMAT_VERSION_MAJOR >= 61
    AVCodecParameters *parameters = stream->codecpar;
    AVPacketSideData *data = av_packet_side_data_new(
        &parameters->coded_side_data, &parameters->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX, size, 0);
    return data ? (int32_t *)data->data : NULL;
#else
    return (int32_t *)av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, size);
#endif
}
// What an encoder takes, up to -1 (formats) or 0 (rates); NULL where it takes any.
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(61, 13, 100)
static inline const void *ffmpeg_supported(const AVCodec *codec, enum AVCodecConfig kind) {
    const void *list = NULL;
    return avcodec_get_supported_config(NULL, codec, kind, 0, &list, NULL) < 0 ? NULL : list;
}
static inline const enum AVSampleFormat *ffmpeg_sample_formats(const AVCodec *codec) {
    return ffmpeg_supported(codec, AV_CODEC_CONFIG_SAMPLE_FORMAT);
}
static inline const int *ffmpeg_sample_rates(const AVCodec *codec) {
    return ffmpeg_supported(codec, AV_CODEC_CONFIG_SAMPLE_RATE);
}
#else
static inline const enum AVSampleFormat *ffmpeg_sample_formats(const AVCodec *codec) { return codec->sample_fmts; }
static inline const int *ffmpeg_sample_rates(const AVCodec *codec) { return codec->supported_samplerates; }
#endif

typedef struct ffmpeg_complaints ffmpeg_complaints;

// A packet that a decoder works on.
typedef struct {
    ffmpeg_complaints *complaints;
    int64_t number;
} ffmpeg_packet_note;

enum { ffmpeg_most_packets = 1024 };

// Whether a demuxer complained, or a decoder of a packet that `from` or a higher number was given to. The threads of the decoder write
// it. Packets are numbered in rising order, and fewer are in a decoder at a time than there are notes.
struct ffmpeg_complaints {
    atomic_llong from;
    atomic_bool raised;
    ffmpeg_packet_note packets[ffmpeg_most_packets];
};

// Numbers that go into a decoder with packets and come out with their pictures, and tell its threads which packet they work on. What the
// context points to is copied to the thread that gets the packet.
static inline void ffmpeg_set_number(AVCodecContext *context, ffmpeg_complaints *complaints, AVPacket *packet, int64_t number) {
    ffmpeg_packet_note *note = &complaints->packets[packet ? 1 + number % (ffmpeg_most_packets - 1) : 0];
    note->complaints = complaints;
    note->number = number;
    context->opaque = note;
#if LIBAVCODEC_VERSION_MAJOR >= 61
    if (packet) packet->opaque = (void *)(intptr_t)number;
    context->flags |= AV_CODEC_FLAG_COPY_OPAQUE;
#else
    (void)packet;
    context->reordered_opaque = number;
#endif
}
static inline int64_t ffmpeg_number(const AVFrame *frame) {
#if LIBAVCODEC_VERSION_MAJOR >= 61
    return (int64_t)(intptr_t)frame->opaque;
#else
    return frame->reordered_opaque;
#endif
}

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
    const ffmpeg_packet_note *note = context->opaque;
    if (note && note->number >= atomic_load(&note->complaints->from)) atomic_store(&note->complaints->raised, true);
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
