package org.emrelay.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Argument.Literal;
import org.emrelay.runner.model.Argument.Secret;
import org.emrelay.runner.model.Argument.UploadedFile;
import org.junit.jupiter.api.Test;

/** Text through a real bash, in the way of YARN's launch script. That Spark and YARN write this script is tested on YARN. */
final class ContainerShellTest {
    @Property(tries = 50)
    void argumentsArriveUnchanged(@ForAll("texts") List<String> arguments) throws Exception {
        assertThat(arrived(arguments, ContainerShellTest::escaped)).isEqualTo(arguments);
    }

    @Test
    void unescapedTextIsExecutedAndChanged() throws Exception {
        assertThat(arrived(List.of("`echo executed`", "a\\\\b", "$(echo not)"), text -> text))
                .containsExactly("executed", "a\\b", "$(echo not)");
    }

    @Property(tries = 50)
    void variablesArriveUnchanged(@ForAll("texts") List<String> values) throws Exception {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String escaped = trimmedBySpark(text(ContainerShell.escapeVariable(Argument.literal(values.get(i)))));
            script.append("export V" + i + "=\"" + escaped + "\"\nprintf '%s\\0' \"$V" + i + "\"\n");
        }

        assertThat(output(script.toString())).isEqualTo(values);
    }

    @Test
    void escapesSecretsAndKeepsOtherParts() {
        Argument argument =
                Argument.of(new Literal("a`"), new Secret("\\"), new UploadedFile("input/`"), new Literal("$\""));

        assertThat(ContainerShell.escapeArgument(argument))
                .isEqualTo(Argument.of(
                        new Literal("a\\`"), new Secret("\\\\"), new UploadedFile("input/`"), new Literal("$\"")));
        assertThat(ContainerShell.escapeVariable(argument).parts()).endsWith(new Literal("\\$\\\""));
    }

    /** NUL cannot be on a command line, and is refused before. */
    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> special = Arbitraries.strings()
                .withChars("\\`\"'$(){}<>&|;!*?~#%^[] \n\t=ab1üß€")
                .ofMaxLength(12);
        Arbitrary<String> any = Arbitraries.strings()
                .ofMaxLength(12)
                .map(text -> text.replace("\0", ""))
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        return Arbitraries.frequencyOf(Tuple.of(3, special), Tuple.of(1, any))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    private interface Escape {
        String of(String text);
    }

    private static String escaped(String text) {
        return text(ContainerShell.escapeArgument(Argument.literal(text)));
    }

    private static String text(Argument argument) {
        return argument.parts().stream().map(part -> ((Literal) part).text()).collect(Collectors.joining());
    }

    private static List<String> arrived(List<String> arguments, Escape escape) throws Exception {
        String quoted =
                arguments.stream().map(text -> quotedBySpark(escape.of(text))).collect(Collectors.joining(" "));
        return output("exec /bin/bash -c \"printf '%s\\0' " + quoted + "\"");
    }

    /** As Spark 3.5 quotes an argument in the command of a container. */
    private static String quotedBySpark(String text) {
        return "'" + text.replace("$", "\\$").replace("\"", "\\\"").replace("'", "'\\''") + "'";
    }

    /** As Spark trims the values of a properties file, through which the application master gets the variables of executors. */
    private static String trimmedBySpark(String value) {
        return value.replaceAll("^[\\x00- &&[^\r\n]]+|[\\x00- &&[^\r\n]]+$(?!\n)", "");
    }

    /** What a script prints, each text with a NUL at its end. */
    private static List<String> output(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "-c", script);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process bash = builder.start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(() -> error(bash)).isZero();
        return Arrays.asList(out.substring(0, out.length() - 1).split("\0", -1));
    }

    private static String error(Process process) {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            return exception.toString();
        }
    }
}
