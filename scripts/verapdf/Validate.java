import java.io.FileInputStream;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
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
 * Validates the PDFs named on the command line against PDF/A-3b, whatever they claim themselves.
 *
 * <p>One line a file, {@code compliant|violated|unreadable TAB path}; before it one line for every rule it
 * violates, {@code rule TAB clause-test TAB what is asked TAB where}. The exit code tells of the run alone.
 */
public final class Validate {
    private Validate() {}

    public static void main(String[] paths) {
        Logger.getLogger("org.verapdf").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (String path : paths) {
            System.out.println(validate(path) + "\t" + path);
        }
    }

    private static String validate(String path) {
        PDFAFlavour flavour = PDFAFlavour.PDFA_3_B;
        try (InputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            report(result);
            return result.isCompliant() ? "compliant" : "violated";
        } catch (Exception | StackOverflowError error) {
            System.out.println("rule\t-\t" + line(String.valueOf(error)) + "\t-");
            return "unreadable";
        }
    }

    /** Each violated rule once: a fault of one page is usually that of all. */
    private static void report(ValidationResult result) {
        Set<String> told = new HashSet<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            if (assertion.getStatus() == TestAssertion.Status.FAILED && told.add(rule)) {
                String where = line(assertion.getLocation().getContext());
                System.out.println("rule\t" + rule + "\t" + line(assertion.getMessage()) + "\t" + where);
            }
        }
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
