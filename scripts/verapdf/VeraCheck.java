import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF whether files keep to flavours of PDF/A and PDF/UA.
 *
 * <p>Usage: {@code VeraCheck 2u,ua1 FILE...}. One line for a file that passes a flavour; for one that does not, a line for every
 * broken rule with the first place it is broken at. Exit: 0 all pass, 1 some do not, 2 a file could not be judged.
 */
public class VeraCheck {
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        int worst = 0;
        for (String flavour : arguments[0].split(",")) {
            for (int index = 1; index < arguments.length; index++)
                worst = Math.max(worst, judge(arguments[index], PDFAFlavour.fromString(flavour)));
        }
        System.exit(worst);
    }

    private static int judge(String path, PDFAFlavour flavour) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, 500, true, false, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.isCompliant()) {
                System.out.println(path + ": passes " + flavour.getId() + ", " + result.getTotalAssertions() + " checks");
                return 0;
            }
            broken(result).forEach((rule, place) -> System.out.println(path + ": " + rule + " " + place));
            return 1;
        } catch (Exception | LinkageError problem) {
            System.out.println(path + ": could not be judged: " + problem);
            return 2;
        }
    }

    private static Map<String, String> broken(ValidationResult result) {
        Map<String, String> rules = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.PASSED) continue;
            String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            rules.putIfAbsent(rule, assertion.getMessage() + " at " + assertion.getLocation().getContext());
        }
        return rules;
    }
}
