package org.emrelay.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.junit.jupiter.api.Test;

final class TerminalStreamTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TerminalStream out = TerminalStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String output() {
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void escapesControlAndBidirectionalCharacters() {
        out.println(
                "\u001b[2J\u001b]0;title\u0007 a\bb \u007f \u009b31m \u061c\u200e\u200f\u202e\u2066\u2069 \u2028\u2029 \0");

        assertThat(output())
                .isEqualTo("\\u001b[2J\\u001b]0;title\\u0007 a\\u0008b \\u007f \\u009b31m"
                        + " \\u061c\\u200e\\u200f\\u202e\\u2066\\u2069 \\u2028\\u2029 \\u0000\n");
    }

    @Test
    void keepsAllOtherText() {
        String text = "Ümläute\t字 🌍 א ع ∅ “quotes” – \u00a0\n";
        out.print(text);

        assertThat(output()).isEqualTo(text);
    }

    /** A carriage return overwrites a line; a log written on Windows stays readable without. */
    @Test
    void dropsCarriageReturns() {
        out.print("first\r\nfailed\rdone  \n");

        assertThat(output()).isEqualTo("first\nfaileddone  \n");
    }

    @Test
    void decodesCharactersThatWritesSplit() {
        for (byte part : "ü🌍\u009b\u202e".getBytes(StandardCharsets.UTF_8)) {
            out.write(part);
        }

        assertThat(output()).isEqualTo("ü🌍\\u009b\\u202e");
    }

    /** A terminal that does not expect UTF-8 takes a lone 0x9b for the start of an escape sequence. */
    @Test
    void replacesBytesThatAreNotUtf8() {
        out.write(new byte[] {'a', (byte) 0x9b, '3', '1', 'm', (byte) 0xff, 'b', (byte) 0xc3, '\n'}, 0, 9);

        assertThat(output()).isEqualTo("a\ufffd31m\ufffdb\ufffd\n");
    }

    @Test
    void passesTheRunnersOwnEscapeSequences() {
        out.print("a");
        out.control("\r\033[K");
        out.print("b");

        assertThat(output()).isEqualTo("a\r\033[Kb");
    }

    @Test
    void filtersOnce() {
        assertThat(TerminalStream.over(out)).isSameAs(out);
    }

    /** In JSON, these characters only occur in strings, where the escapes mean the same characters. */
    @Property(tries = 500)
    void keepsTheMeaningOfJson(@ForAll String text) throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        TerminalStream stream = TerminalStream.over(new PrintStream(written, true, StandardCharsets.UTF_8));
        String encodable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        stream.print(JsonWriter.pretty(Map.of("text", encodable)));
        stream.flush();

        String read = JsonFields.read(written.toString(StandardCharsets.UTF_8), fields -> fields.text("text"));
        assertThat(read).isEqualTo(encodable);
    }
}
