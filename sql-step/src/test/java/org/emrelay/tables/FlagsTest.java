package org.emrelay.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
    private static final List<String> KNOWN = List.of("--rows", "--title-column", "--output");
    private static final String KNOWN_FLAGS = " Known flags: --rows, --title-column, --output.";

    @Test
    void parsesValuesAfterASpaceOrAnEqualsSign() {
        Flags flags = parse("--rows", "7", "--output=s3://bucket/a=b");

        assertThat(flags.wholeNumberOr("--rows", 1, 0, 10)).isEqualTo(7);
        assertThat(flags.required("--output")).isEqualTo("s3://bucket/a=b");
    }

    @Test
    void returnsTheDefaultOfAnAbsentFlag() {
        assertThat(parse().textOr("--title-column", "title")).isEqualTo("title");
        assertThat(parse().wholeNumberOr("--rows", 5, 0, 10)).isEqualTo(5);
        assertThat(parse().optional("--output")).isEmpty();
    }

    @Test
    void parsesNegativeNumbers() {
        assertThat(parse("--rows", "-3").wholeNumberOr("--rows", 0, -10, 10)).isEqualTo(-3);
    }

    @Test
    void suggestsTheClosestFlagForAnUnknownOne() {
        assertFault(
                "Unknown flag --title-colum." + KNOWN_FLAGS + " Did you mean --title-column?", "--title-colum", "x");
        assertFault("Unknown flag --ROWS." + KNOWN_FLAGS + " Did you mean --rows?", "--ROWS=3");
    }

    @Test
    void suggestsNothingWhenNoFlagIsClose() {
        assertFault("Unknown flag --verbosity." + KNOWN_FLAGS, "--verbosity", "3");
    }

    @Test
    void rejectsAFlagWithoutAValue() {
        assertFault("--rows requires a value." + KNOWN_FLAGS, "--rows");
        assertFault("--rows requires a value." + KNOWN_FLAGS, "--rows", "--output", "x");
        assertFault("--output requires a value." + KNOWN_FLAGS, "--output=");
        assertFault("--output requires a value." + KNOWN_FLAGS, "--output", "");
    }

    @Test
    void rejectsAnUnexpectedArgument() {
        assertFault("Unexpected argument 'out'." + KNOWN_FLAGS, "out");
        assertFault("Unexpected argument '-o'." + KNOWN_FLAGS, "--rows", "1", "-o", "out");
    }

    @Test
    void rejectsARepeatedFlag() {
        assertFault("--rows is specified more than once." + KNOWN_FLAGS, "--rows", "1", "--rows", "2");
    }

    @Test
    void rejectsIntegersThatAreMalformedOrOutOfRange() {
        for (String value : List.of("many", "1.5", "11", "-1", "99999999999999999999")) {
            assertThatThrownBy(() -> parse("--rows", value).wholeNumberOr("--rows", 1, 0, 10))
                    .isInstanceOf(UserFault.class)
                    .hasMessage("--rows must be a whole number from 0 to 10, not '" + value + "'." + KNOWN_FLAGS);
        }
    }

    @Test
    void reportsAMissingRequiredFlag() {
        assertThatThrownBy(() -> parse().required("--output"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--output is required." + KNOWN_FLAGS);
    }

    @Test
    void parsesListsFromCommasAndRepeatedFlags() {
        assertThat(parse("--rows", "a, b,,c", "--rows=d").list("--rows")).containsExactly("a", "b", "c", "d");
        assertThat(parse().list("--rows")).isEmpty();
        assertThatThrownBy(() -> parse("--rows").list("--rows")).hasMessage("--rows requires a value." + KNOWN_FLAGS);
    }

    @Test
    void parsesBooleanFlags() {
        assertThat(parse("--rows").isSet("--rows")).isTrue();
        assertThat(parse("--rows", "--output", "x").isSet("--rows")).isTrue();
        assertThat(parse("--rows=false").isSet("--rows")).isFalse();
        assertThat(parse().isSet("--rows")).isFalse();
        assertThatThrownBy(() -> parse("--rows", "yes").isSet("--rows"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--rows must be true or false, not 'yes'." + KNOWN_FLAGS);
    }

    @Test
    void acceptsOnlyTheAllowedChoices() {
        List<String> choices = List.of("titles", "reviews");
        assertThat(parse("--rows", "reviews").choiceOr("--rows", "titles", choices))
                .isEqualTo("reviews");
        assertThat(parse().choiceOr("--rows", "titles", choices)).isEqualTo("titles");
        assertThatThrownBy(() -> parse("--rows", "review").choiceOr("--rows", "titles", choices))
                .isInstanceOf(UserFault.class)
                .hasMessage("--rows must be one of titles, reviews, not 'review'. Did you mean reviews?");
    }

    @Test
    void hasNoStackTraceInAUserFault() {
        assertThatThrownBy(() -> parse("--rows").optional("--rows"))
                .satisfies(fault -> assertThat(fault.getStackTrace()).isEmpty());
    }

    private static Flags parse(String... arguments) {
        return Flags.parse(KNOWN, arguments);
    }

    /** Reads every flag, as a job does, to trigger all checks. */
    private static void assertFault(String message, String... arguments) {
        assertThatThrownBy(() -> {
                    Flags flags = parse(arguments);
                    KNOWN.forEach(flags::optional);
                })
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
    }
}
