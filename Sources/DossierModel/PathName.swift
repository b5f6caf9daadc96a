/// Parts of a path by its characters alone; nothing is looked up.
public enum PathName {
    /// The folder a file or folder lies in: `.` for a bare name, `/` for the root itself.
    ///
    /// Foundation's `deletingLastPathComponent` traps for a path of one character.
    public static func parent(of path: String) -> String {
        let named = trimmed(path[...])
        guard let slash = named.lastIndex(of: "/") else { return path.first == "/" ? "/" : "." }
        let parent = trimmed(named[..<slash])
        return parent.isEmpty ? "/" : String(parent)
    }

    private static func trimmed(_ path: Substring) -> Substring {
        var path = path
        while path.last == "/" { path.removeLast() }
        return path
    }
}
