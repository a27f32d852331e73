#pragma once

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/dict.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

// FFmpeg's macros with casts and arguments, which Swift does not import.
static inline int64_t ffmpeg_no_timestamp(void) { return AV_NOPTS_VALUE; }
static inline int ffmpeg_error_again(void) { return AVERROR(EAGAIN); }
static inline int ffmpeg_error_end(void) { return AVERROR_EOF; }
static inline int ffmpeg_error_invalid_data(void) { return AVERROR_INVALIDDATA; }
static inline int ffmpeg_error_no_memory(void) { return AVERROR(ENOMEM); }
static inline int ffmpeg_error_no_space(void) { return AVERROR(ENOSPC); }
static inline int ffmpeg_error_no_file(void) { return AVERROR(ENOENT); }
static inline int ffmpeg_error_no_access(void) { return AVERROR(EACCES); }
static inline int ffmpeg_error_exit(void) { return AVERROR_EXIT; }
static inline void ffmpeg_silence_log(void) { av_log_set_level(AV_LOG_QUIET); }
