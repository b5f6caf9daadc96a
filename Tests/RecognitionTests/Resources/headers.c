// Does COpenVINO.h still say what the runtime's own headers say? Compiled, never run.
#include <openvino/c/openvino.h>
#include <stddef.h>
#define DOSSIER_COMPARES_HEADERS
#include "COpenVINO.h"

#define SAME(ours, theirs) _Static_assert(__builtin_types_compatible_p(__typeof__(ours), __typeof__(theirs)), #theirs)

SAME(openvino_last_error, ov_get_last_err_msg);
SAME(openvino_version, ov_get_openvino_version);
SAME(openvino_version_free, ov_version_free);
SAME(openvino_core_create, ov_core_create);
SAME(openvino_core_free, ov_core_free);
SAME(openvino_core_compile_model_from_file, ov_core_compile_model_from_file_props);
SAME(openvino_compiled_model_free, ov_compiled_model_free);
SAME(openvino_compiled_model_create_infer_request, ov_compiled_model_create_infer_request);
SAME(openvino_infer_request_free, ov_infer_request_free);
SAME(openvino_infer_request_set_input_tensor, ov_infer_request_set_input_tensor);
SAME(openvino_infer_request_get_output_tensor, ov_infer_request_get_output_tensor);
SAME(openvino_infer_request_start_async, ov_infer_request_start_async);
SAME(openvino_infer_request_wait, ov_infer_request_wait);
SAME(openvino_tensor_free, ov_tensor_free);
SAME(openvino_tensor_data, ov_tensor_data);
SAME(openvino_tensor_get_shape, ov_tensor_get_shape);
SAME(openvino_shape_free, ov_shape_free);

// Passed as a 32-bit number.
_Static_assert(sizeof(ov_element_type_e) == 4 && F32 == OPENVINO_F32, "ov_tensor_create");
_Static_assert(sizeof(ov_status_e) == 4 && OK == 0, "ov_status_e");

_Static_assert(sizeof(ov_shape_t) == 16 && offsetof(ov_shape_t, dims) == 8, "ov_shape_t");
_Static_assert(sizeof(ov_version_t) == 16 && offsetof(ov_version_t, description) == 8, "ov_version_t");
_Static_assert(sizeof(ov_property_t) == 16 && offsetof(ov_property_t, value) == 8, "ov_property_t");
