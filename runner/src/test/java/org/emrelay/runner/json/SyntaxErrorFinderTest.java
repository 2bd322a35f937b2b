package org.emrelay.runner.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyntaxErrorFinderTest {
    private static final String VALID =
            "{ \"name\": \"a\\n\\u00e9\", \"steps\": [ { \"x\": -1.5e3, \"y\": [true, false, null, 0] }, [] ], \"z\": {} }";
    private static final String ALPHABET = "{}[]:,\"'\\ \n\t01-+.eEtrufalsn/#=;x\u00a0";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"a": [1, 2,]}             | line 1, column 12: remove the comma before ']'
            {"a": 1, }                 | line 1, column 8: remove the comma before '}'
            {"a": [1, 2,}              | line 1, column 12: remove the comma before '}'
            {"a": 1 "b": 2}            | line 1, column 7: add a comma after this value
            ["a" "b"]                  | line 1, column 4: add a comma after this value
            {"a": {} "b": 2}           | line 1, column 8: add a comma after this value
            [1,, 2]                    | line 1, column 4: remove this comma
            {, "a": 1}                 | line 1, column 2: remove this comma
            {"a": , "b": 1}            | line 1, column 5: add a value after the colon
            {"a": }                    | line 1, column 5: add a value after the colon
            {"a" 1}                    | line 1, column 4: add a colon after the key
            {"a"}                      | line 1, column 4: add a colon and a value after the key
            {"a" = 1}                  | line 1, column 6: use ':' instead of '='
            {"a": 1; "b": 2}           | line 1, column 8: use ',' instead of ';'
            {a: 1}                     | line 1, column 2: put the key in double quotes
            {'a': 1}                   | line 1, column 2: use double quotes (") instead of '
            {"a": 'x'}                 | line 1, column 7: use double quotes (") instead of '
            {"a": “x”}                 | line 1, column 7: use double quotes (") instead of “
            {"a": x}                   | line 1, column 7: put this text in double quotes
            {"a": ${rows}}             | line 1, column 7: put this text in double quotes
            {"a": 1} // note           | line 1, column 10: comments are not allowed in JSON: remove it
            {"a": 1, # note            | line 1, column 10: comments are not allowed in JSON: remove it
            [/* note */]               | line 1, column 2: comments are not allowed in JSON: remove it
            {"a": "x                   | line 1, column 7: this string is not closed: add a double quote at its end
            {"a": "C:\\dir"}            | line 1, column 10: this escape is not valid in JSON: write '\\\\' for a backslash
            {"a": NaN}                 | line 1, column 7: NaN is not a number in JSON: use null or a string
            {"a": -Infinity}           | line 1, column 7: -Infinity is not a number in JSON: use null or a string
            {"a": True}                | line 1, column 7: write true and false in lower case
            {"a": None}                | line 1, column 7: write null instead of None
            {"a": 007}                 | line 1, column 7: a number in JSON has no leading zero: remove it, or use a string
            {"a": +1}                  | line 1, column 7: a number in JSON has no plus sign: remove it
            {"a": .5}                  | line 1, column 7: a number in JSON has digits on both sides of its point: add 0
            {"a": [1, 2}               | line 1, column 12: use ']' instead of '}' to close the '[' of line 1
            {"a": {"b": 1]             | line 1, column 14: use '}' instead of ']' to close the '{' of line 1
            {"a": [1, 2                | line 1, column 7: this '[' is never closed: add ']'
            {"a": 1                    | line 1, column 1: this '{' is never closed: add '}'
            {"a": 1}}                  | line 1, column 9: remove the text after the end of the document
            {} {}                      | line 1, column 4: remove the text after the end of the document
            ["a": 1]                   | line 1, column 5: an array has no keys: use '{' and '}' for an object
            }                          | line 1, column 1: there is no value before '}'
            """)
    void saysHowToCorrectTheText(String text, String message) {
        assertThatThrownBy(() -> JsonReader.read(text)).hasMessage(message);
    }

    @Test
    void namesTheLineOfTheMistake() {
        assertThatThrownBy(() -> JsonReader.read("{\n  \"a\": [\n    1,\n    2\n  ,\n  ]\n}"))
                .hasMessage("line 5, column 3: remove the comma before ']'");
        assertThatThrownBy(() -> JsonReader.read("{\n  \"a\": 1\n  \"b\": 2\n}"))
                .hasMessage("line 2, column 8: add a comma after this value");
        assertThatThrownBy(() -> JsonReader.read("{\n  \"a\": \"x,\n  \"b\": 2\n}"))
                .hasMessage("line 2, column 8: this string is not closed: add a double quote at its end");
        assertThatThrownBy(() -> JsonReader.read("{\n  \"a\": [\n    {\n  ]\n}"))
                .hasMessage("line 4, column 3: use '}' instead of ']' to close the '{' of line 3");
        assertThatThrownBy(() -> JsonReader.read("[\"a\tb\"]"))
                .hasMessage("line 1, column 4: write '\\t' for a tab in a string");
        assertThatThrownBy(() -> JsonReader.read("[\"\u001b\"]"))
                .hasMessage("line 1, column 3: write '\\u001b' for this control character");
        assertThatThrownBy(() -> JsonReader.read("[1,\u00a02]"))
                .hasMessage("line 1, column 4: put this text in double quotes");
    }

    @Test
    void knowsTheKeysAroundTheMistake() {
        assertThat(SyntaxErrorFinder.find("{\"a\": {\"b\": [{\"c\": 1, \"d\": x}]}}"))
                .hasValueSatisfying(error -> assertThat(error.keys()).containsExactly("a", "b", "d"));
        assertThat(SyntaxErrorFinder.find("{\"a\": {}, x}"))
                .hasValueSatisfying(error -> assertThat(error.keys()).isEqualTo(List.of("a")));
    }

    /** Otherwise a message could be wrong, or be missing. */
    @Test
    void agreesWithTheParserWhichTextIsValid() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(VALID);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(Math.max(1, text.length() - 1));
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(text.length() > 1 ? at : 0).append(' ');
                    case 1 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                    default -> text.setLength(at + 1);
                }
            }
            if (text.toString().isBlank()) {
                continue;
            }
            assertThat(SyntaxErrorFinder.find(text.toString()).isEmpty())
                    .as(text.toString())
                    .isEqualTo(isValid(text.toString()));
        }
    }

    private static boolean isValid(String text) {
        try {
            JsonReader.read(text);
            return true;
        } catch (MalformedJsonException invalid) {
            return false;
        }
    }
}
