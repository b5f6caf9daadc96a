#include "COpenVINO.h"

#include <dlfcn.h>

static struct {
    const char *(*get_last_err_msg)(void);
    ov_status_t (*get_openvino_version)(ov_version_t *);
    void (*version_free)(ov_version_t *);
    ov_status_t (*core_create)(ov_core_t **);
    void (*core_free)(ov_core_t *);
    ov_status_t (*core_compile_model_from_file_props)(
        const ov_core_t *, const char *, const char *, size_t, const ov_property_t *, ov_compiled_model_t **);
    void (*compiled_model_free)(ov_compiled_model_t *);
    ov_status_t (*compiled_model_create_infer_request)(const ov_compiled_model_t *, ov_infer_request_t **);
    void (*infer_request_free)(ov_infer_request_t *);
    ov_status_t (*infer_request_set_input_tensor)(ov_infer_request_t *, const ov_tensor_t *);
    ov_status_t (*infer_request_get_output_tensor)(const ov_infer_request_t *, ov_tensor_t **);
    ov_status_t (*infer_request_start_async)(ov_infer_request_t *);
    ov_status_t (*infer_request_wait)(ov_infer_request_t *);
    ov_status_t (*tensor_create)(int32_t, ov_shape_t, ov_tensor_t **);
    void (*tensor_free)(ov_tensor_t *);
    ov_status_t (*tensor_data)(const ov_tensor_t *, void **);
    ov_status_t (*tensor_get_shape)(const ov_tensor_t *, ov_shape_t *);
    ov_status_t (*shape_free)(ov_shape_t *);
} ov;

static const struct {
    const char *name;
    void *slot;
} functions[] = {
    {"ov_get_last_err_msg", &ov.get_last_err_msg},
    {"ov_get_openvino_version", &ov.get_openvino_version},
    {"ov_version_free", &ov.version_free},
    {"ov_core_create", &ov.core_create},
    {"ov_core_free", &ov.core_free},
    {"ov_core_compile_model_from_file_props", &ov.core_compile_model_from_file_props},
    {"ov_compiled_model_free", &ov.compiled_model_free},
    {"ov_compiled_model_create_infer_request", &ov.compiled_model_create_infer_request},
    {"ov_infer_request_free", &ov.infer_request_free},
    {"ov_infer_request_set_input_tensor", &ov.infer_request_set_input_tensor},
    {"ov_infer_request_get_output_tensor", &ov.infer_request_get_output_tensor},
    {"ov_infer_request_start_async", &ov.infer_request_start_async},
    {"ov_infer_request_wait", &ov.infer_request_wait},
    {"ov_tensor_create", &ov.tensor_create},
    {"ov_tensor_free", &ov.tensor_free},
    {"ov_tensor_data", &ov.tensor_data},
    {"ov_tensor_get_shape", &ov.tensor_get_shape},
    {"ov_shape_free", &ov.shape_free},
};

const char *openvino_load(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return dlerror();
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *symbol = dlsym(library, functions[i].name);
        if (!symbol) return dlerror();
        *(void **)functions[i].slot = symbol;
    }
    return NULL;
}

const char *openvino_last_error(void) { return ov.get_last_err_msg(); }

ov_status_t openvino_version(ov_version_t *version) { return ov.get_openvino_version(version); }

void openvino_version_free(ov_version_t *version) { ov.version_free(version); }

ov_status_t openvino_core_create(ov_core_t **core) { return ov.core_create(core); }

void openvino_core_free(ov_core_t *core) { ov.core_free(core); }

ov_status_t openvino_core_compile_model_from_file(
    const ov_core_t *core, const char *path, const char *device, size_t property_count, const ov_property_t *properties,
    ov_compiled_model_t **model) {
    return ov.core_compile_model_from_file_props(core, path, device, property_count, properties, model);
}

void openvino_compiled_model_free(ov_compiled_model_t *model) { ov.compiled_model_free(model); }

ov_status_t openvino_compiled_model_create_infer_request(const ov_compiled_model_t *model, ov_infer_request_t **request) {
    return ov.compiled_model_create_infer_request(model, request);
}

void openvino_infer_request_free(ov_infer_request_t *request) { ov.infer_request_free(request); }

ov_status_t openvino_infer_request_set_input_tensor(ov_infer_request_t *request, const ov_tensor_t *tensor) {
    return ov.infer_request_set_input_tensor(request, tensor);
}

ov_status_t openvino_infer_request_get_output_tensor(const ov_infer_request_t *request, ov_tensor_t **tensor) {
    return ov.infer_request_get_output_tensor(request, tensor);
}

ov_status_t openvino_infer_request_start_async(ov_infer_request_t *request) {
    return ov.infer_request_start_async(request);
}

ov_status_t openvino_infer_request_wait(ov_infer_request_t *request) { return ov.infer_request_wait(request); }

ov_status_t openvino_tensor_create(int32_t element_type, ov_shape_t shape, ov_tensor_t **tensor) {
    return ov.tensor_create(element_type, shape, tensor);
}

void openvino_tensor_free(ov_tensor_t *tensor) { ov.tensor_free(tensor); }

ov_status_t openvino_tensor_data(const ov_tensor_t *tensor, void **data) { return ov.tensor_data(tensor, data); }

ov_status_t openvino_tensor_get_shape(const ov_tensor_t *tensor, ov_shape_t *shape) {
    return ov.tensor_get_shape(tensor, shape);
}

ov_status_t openvino_shape_free(ov_shape_t *shape) { return ov.shape_free(shape); }
