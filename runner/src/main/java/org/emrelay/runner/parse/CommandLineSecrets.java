package org.emrelay.runner.parse;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.model.Argument;

/** Masks the secrets of a command line where an error message quotes it. */
public final class CommandLineSecrets {
    private static final SecretText TEXT = new SecretText(SecretNames.STANDARD);

    /** {@code db_password:value}, a misspelled assignment. */
    private static final Pattern NAME_AND_REST =
            Pattern.compile("(?<name>-{0,2}[A-Za-z_][\\w.\\-]*+)[^\\w.\\-].+", Pattern.DOTALL);

    private static final Pattern USER_INFO = Pattern.compile("(://)[^/?#]*@");

    private CommandLineSecrets() {}

    /** Masks the arguments that a message has in single quotes. */
    public static String mask(String message, List<String> arguments) {
        String masked = message;
        boolean followsName = false;
        for (String argument : arguments) {
            boolean isValue = followsName && !argument.startsWith("-");
            masked = masked.replace("'" + argument + "'", "'" + (isValue ? Argument.MASK : mask(argument)) + "'");
            followsName = argument.matches("[\\w.\\-]+") && SecretNames.STANDARD.isSecret(argument);
        }
        return masked;
    }

    /** Masks what follows a secret name, and the secrets in a URI. */
    public static String mask(String argument) {
        Matcher assignment = NAME_AND_REST.matcher(argument);
        if (assignment.matches() && SecretNames.STANDARD.isSecret(assignment.group("name"))) {
            return argument.substring(0, assignment.end("name") + 1) + Argument.MASK;
        }
        return USER_INFO.matcher(TEXT.masked(argument)).replaceAll("$1" + Argument.MASK + "@");
    }
}
