import DossierModel
import Testing

@Suite struct PathNameTests {
    @Test(arguments: [
        ("w", "."), ("/", "/"), ("", "."), ("/w", "/"), ("a/w", "a"), ("a//w", "a"), ("a/w/", "a"), ("a/w//", "a"), ("w/", "."), ("//", "/"),
        ("/a/b/甲", "/a/b"), ("./w", "."), ("../w", ".."),
    ])
    func theFolderOfAPath(_ path: String, _ folder: String) {
        #expect(PathName.parent(of: path) == folder)
    }
}
