/// The few calls of OpenVINO's C interface (2026.4) that Dossier makes.
///
/// The library is opened at run time, so that a binary starts, and Tesseract can take over, where the runtime is
/// not installed; and the package builds before the runtime's headers are there. That is why the types below are
/// declared here once more instead of being included. `Tests/RecognitionTests/headers.c` compares them with the
/// runtime's own headers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifndef DOSSIER_COMPARES_HEADERS
typedef struct ov_core ov_core_t;
typedef struct ov_compiled_model ov_compiled_model_t;
typedef struct ov_infer_request ov_infer_request_t;
typedef struct ov_tensor ov_tensor_t;

/// `ov_status_e`: 0 is success, failures are negative.
typedef int32_t ov_status_t;

typedef struct {
    int64_t rank;
    int64_t *dims;
} ov_shape_t;

typedef struct {
    const char *buildNumber;
    const char *description;
} ov_version_t;

typedef struct {
    const char *key;
    const void *value;
} ov_property_t;
#else
typedef ov_status_e ov_status_t;
#endif

/// `ov_element_type_e::F32`.
#define OPENVINO_F32 4

/// Opens the library at `path` and looks up every function. Returns NULL, or what is wrong (valid until the next call).
/// Not safe to call from two threads at once; everything below needs it to have succeeded.
const char *openvino_load(const char *path);

const char *openvino_last_error(void);
ov_status_t openvino_version(ov_version_t *version);
void openvino_version_free(ov_version_t *version);

ov_status_t openvino_core_create(ov_core_t **core);
void openvino_core_free(ov_core_t *core);
ov_status_t openvino_core_compile_model_from_file(
    const ov_core_t *core, const char *path, const char *device, size_t property_count, const ov_property_t *properties,
    ov_compiled_model_t **model);

void openvino_compiled_model_free(ov_compiled_model_t *model);
ov_status_t openvino_compiled_model_create_infer_request(const ov_compiled_model_t *model, ov_infer_request_t **request);

void openvino_infer_request_free(ov_infer_request_t *request);
ov_status_t openvino_infer_request_set_input_tensor(ov_infer_request_t *request, const ov_tensor_t *tensor);
ov_status_t openvino_infer_request_get_output_tensor(const ov_infer_request_t *request, ov_tensor_t **tensor);
ov_status_t openvino_infer_request_start_async(ov_infer_request_t *request);
ov_status_t openvino_infer_request_wait(ov_infer_request_t *request);

ov_status_t openvino_tensor_create(int32_t element_type, ov_shape_t shape, ov_tensor_t **tensor);
void openvino_tensor_free(ov_tensor_t *tensor);
ov_status_t openvino_tensor_data(const ov_tensor_t *tensor, void **data);
ov_status_t openvino_tensor_get_shape(const ov_tensor_t *tensor, ov_shape_t *shape);
ov_status_t openvino_shape_free(ov_shape_t *shape);
