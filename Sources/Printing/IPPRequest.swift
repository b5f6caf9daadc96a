internal import CCUPS
import Foundation

/// One IPP operation being put together (RFC 8011 §4.1): the operation attributes every request begins with, then what is added.
@safe struct IPPRequest: ~Copyable {
    let message: OpaquePointer
    /// What the HTTP request is posted to.
    let resource: String

    init(_ operation: ipp_op_t, printer: Printer, user: String? = nil) {
        unsafe message = ippNewRequest(operation)
        resource = printer.resource
        text("printer-uri", printer.uri, as: IPP_TAG_URI)
        text("requesting-user-name", user ?? NSUserName(), as: IPP_TAG_NAME)
    }

    deinit { unsafe ippDelete(message) }

    func text(_ name: String, _ value: String, as kind: ipp_tag_t, in group: ipp_tag_t = IPP_TAG_OPERATION) {
        unsafe _ = ippAddString(message, group, kind, name, nil, value)
    }

    func number(_ name: String, _ value: Int, in group: ipp_tag_t = IPP_TAG_OPERATION) {
        unsafe _ = ippAddInteger(message, group, IPP_TAG_INTEGER, name, Int32(clamping: value))
    }

    func flag(_ name: String, _ value: Bool) {
        unsafe _ = ippAddBoolean(message, IPP_TAG_OPERATION, name, value ? 1 : 0)
    }

    /// Which attributes the answer shall carry.
    func ask(for names: [String]) {
        for (index, name) in names.enumerated() {
            if index == 0 {
                text("requested-attributes", name, as: IPP_TAG_KEYWORD)
            } else {
                var attribute = unsafe ippFindAttribute(message, "requested-attributes", IPP_TAG_KEYWORD)
                unsafe _ = ippSetString(message, &attribute, Int32(index), name)
            }
        }
    }
}
