package org.emrelay.runner.plan;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.Literal;
import org.emrelay.runner.model.Argument.Part;
import org.emrelay.runner.model.Argument.Secret;

/**
 * Escapes text that reaches a container through YARN's launch script.
 *
 * <p>The script runs {@code bash -c "… --arg 'text' …"}, and exports environment variables as {@code NAME="text"}. Spark quotes an argument for
 * the inner shell, but not completely for the outer double quotes; environment variables are not quoted at all. The shells
 * would execute text between backticks, and change backslashes.
 */
final class ContainerShell {
    /** What double quotes do not protect. Spark escapes the other characters of an argument. */
    private static final Pattern UNPROTECTED_IN_ARGUMENT = Pattern.compile("[\\\\`]");

    private static final Pattern UNPROTECTED_IN_VARIABLE = Pattern.compile("[\\\\`\"$]");

    /** Ends the double quotes around a variable's value and opens them again. */
    private static final Argument NOTHING = Argument.literal("\"\"");

    private ContainerShell() {}

    static Argument escapeArgument(Argument argument) {
        return escape(argument, UNPROTECTED_IN_ARGUMENT);
    }

    /** Spark trims variables of executors. An empty quotation at each end protects blanks there. */
    static Argument escapeVariable(Argument value) {
        Argument escaped = escape(value, UNPROTECTED_IN_VARIABLE);
        return hasBlankEnd(value) ? Argument.joined("", List.of(NOTHING, escaped, NOTHING)) : escaped;
    }

    private static boolean hasBlankEnd(Argument value) {
        if (value.parts().isEmpty()) {
            return false;
        }
        String first = text(value.parts().get(0));
        String last = text(value.parts().get(value.parts().size() - 1));
        return first.matches("(?s)[\\x00- ].*") || last.matches("(?s).*[\\x00- ]");
    }

    private static String text(Part part) {
        return part instanceof Literal literal ? literal.text() : part instanceof Secret secret ? secret.text() : "";
    }

    private static Argument escape(Argument argument, Pattern unprotected) {
        return argument.replace(part -> Argument.of(
                part instanceof Literal literal
                        ? new Literal(escape(literal.text(), unprotected))
                        : part instanceof Secret secret ? new Secret(escape(secret.text(), unprotected)) : part));
    }

    private static String escape(String text, Pattern unprotected) {
        return unprotected.matcher(text).replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()));
    }
}
