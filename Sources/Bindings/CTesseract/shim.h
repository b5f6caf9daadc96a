#pragma once
#include <tesseract/capi.h>

#ifndef _GNU_SOURCE
#define RTLD_DEFAULT ((void *)0)
#endif
#include <dlfcn.h>

/// Keeps Tesseract to the calling thread. It asks OpenMP for four threads by number, which only the depth limit
/// overrides (OpenMP 5.0 §3.2.15); OMP_THREAD_LIMIT is read when the library is loaded, before a program can set it.
/// Looked up by name, since Tesseract may have been built without OpenMP.
static inline void tesseract_use_one_thread(void) {
    void (*set_max_active_levels)(int);
    *(void **)&set_max_active_levels = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");
    if (set_max_active_levels) set_max_active_levels(0);
}
