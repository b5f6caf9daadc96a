import DossierModel
import Testing

struct CitizenNumberTests {
    @Test func checkCharactersFollowISO7064() {
        // The worked examples of GB 11643-1999.
        #expect(CitizenNumber.checkCharacter(of: "11010519491231002") == "X")
        #expect(CitizenNumber.checkCharacter(of: "44052418800101001") == "4")
    }

    @Test func soundnessIsJudgedOnlyWhereTheFormIsThatOfANumber() {
        #expect(CitizenNumber.isSound("11010519491231002X") == true)
        #expect(CitizenNumber.isSound("11010519491231002x") == true)
        #expect(CitizenNumber.isSound("110105194912310021") == false)
        for other in ["", "1101051949123100", "11010519491231002Y", "1101051949123１002X", "1101051949123100２X"] {
            #expect(CitizenNumber.isSound(other) == nil)
        }
    }
}
