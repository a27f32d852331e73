#include "CFilters.h"

#include <dlfcn.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <stdlib.h>

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)
#define LIBRARY "libavfilter.so." TEXT(LIBAVFILTER_VERSION_MAJOR)

static struct {
    const AVFilter *(*get_by_name)(const char *);
    AVFilterGraph *(*alloc)(void);
    void (*free)(AVFilterGraph **);
    int (*create)(AVFilterContext **, const AVFilter *, const char *, const char *, void *, AVFilterGraph *);
    int (*link)(AVFilterContext *, unsigned, AVFilterContext *, unsigned);
    int (*config)(AVFilterGraph *, void *);
    int (*add_frame)(AVFilterContext *, AVFrame *, int);
    int (*get_frame)(AVFilterContext *, AVFrame *);
} library;

const char *cfilters_load(void) {
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return dlerror();
    const struct {
        const char *name;
        void *place;
    } functions[] = {
        {"avfilter_get_by_name", &library.get_by_name},
        {"avfilter_graph_alloc", &library.alloc},
        {"avfilter_graph_free", &library.free},
        {"avfilter_graph_create_filter", &library.create},
        {"avfilter_link", &library.link},
        {"avfilter_graph_config", &library.config},
        {"av_buffersrc_add_frame_flags", &library.add_frame},
        {"av_buffersink_get_frame", &library.get_frame},
    };
    for (size_t index = 0; index < sizeof functions / sizeof *functions; index++) {
        void *function = dlsym(handle, functions[index].name);
        if (!function) return dlerror();
        *(void **)functions[index].place = function;
    }
    return NULL;
}

struct cfilters_chain {
    AVFilterGraph *graph;
    AVFilterContext *first, *last;
};

void cfilters_close(cfilters_chain *chain) {
    library.free(&chain->graph);
    free(chain);
}

int cfilters_open(cfilters_chain **made, const char *const *names, const char *const *options, int count, int threads) {
    cfilters_chain *chain = calloc(1, sizeof *chain);
    if (!chain) return AVERROR(ENOMEM);
    int result = AVERROR(ENOMEM);
    chain->graph = library.alloc();
    if (!chain->graph) goto fail;
    chain->graph->nb_threads = threads;
    for (int index = 0; index < count; index++) {
        const AVFilter *filter = library.get_by_name(names[index]);
        AVFilterContext *context = NULL;
        result = filter ? library.create(&context, filter, NULL, options[index], NULL, chain->graph)
                        : AVERROR_FILTER_NOT_FOUND;
        if (result < 0) goto fail;
        if (chain->last && (result = library.link(chain->last, 0, context, 0)) < 0) goto fail;
        if (!chain->first) chain->first = context;
        chain->last = context;
    }
    if ((result = library.config(chain->graph, NULL)) < 0) goto fail;
    *made = chain;
    return 0;
fail:
    cfilters_close(chain);
    return result;
}

int cfilters_send(cfilters_chain *chain, void *frame) {
    return library.add_frame(chain->first, frame, AV_BUFFERSRC_FLAG_KEEP_REF);
}

int cfilters_receive(cfilters_chain *chain, void *frame) { return library.get_frame(chain->last, frame); }
