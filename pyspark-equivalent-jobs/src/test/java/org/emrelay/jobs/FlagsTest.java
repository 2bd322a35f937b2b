package org.emrelay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagsTest {
    private static final List<String> KNOWN = List.of("--rows", "--title-column", "--output");
    private static final String LIST = " Known flags: --rows, --title-column, --output.";

    @Test
    void readsValuesAfterASpaceOrAnEqualsSign() {
        Flags flags = parse("--rows", "7", "--output=s3://bucket/a=b");

        assertThat(flags.wholeNumberOr("--rows", 1, 0, 10)).isEqualTo(7);
        assertThat(flags.required("--output")).isEqualTo("s3://bucket/a=b");
    }

    @Test
    void fallsBackOnTheDefaultOfAFlagThatIsNotGiven() {
        assertThat(parse().textOr("--title-column", "title")).isEqualTo("title");
        assertThat(parse().wholeNumberOr("--rows", 5, 0, 10)).isEqualTo(5);
        assertThat(parse().optional("--output")).isEmpty();
    }

    @Test
    void readsNegativeNumbers() {
        assertThat(parse("--rows", "-3").wholeNumberOr("--rows", 0, -10, 10)).isEqualTo(-3);
    }

    @Test
    void namesTheNearestFlagOfAnUnknownOne() {
        assertFault("Unknown flag --title-colum." + LIST + " Did you mean --title-column?", "--title-colum", "x");
        assertFault("Unknown flag --ROWS." + LIST + " Did you mean --rows?", "--ROWS=3");
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertFault("Unknown flag --verbosity." + LIST, "--verbosity", "3");
    }

    @Test
    void refusesAFlagWithoutItsValue() {
        assertFault("--rows has no value." + LIST, "--rows");
        assertFault("--rows has no value." + LIST, "--rows", "--output", "x");
        assertFault("--output has no value." + LIST, "--output=");
        assertFault("--output has no value." + LIST, "--output", "");
    }

    @Test
    void refusesWhatBelongsToNoFlag() {
        assertFault("'out' is neither a flag nor the value of one." + LIST, "out");
        assertFault("'-o' is neither a flag nor the value of one." + LIST, "--rows", "1", "-o", "out");
    }

    @Test
    void refusesAFlagGivenTwice() {
        assertFault("--rows is given twice." + LIST, "--rows", "1", "--rows", "2");
    }

    @Test
    void refusesWhatIsNoWholeNumberInTheRange() {
        for (String value : List.of("many", "1.5", "11", "-1", "99999999999999999999")) {
            assertThatThrownBy(() -> parse("--rows", value).wholeNumberOr("--rows", 1, 0, 10))
                    .isInstanceOf(UserFault.class)
                    .hasMessage("--rows must be a whole number from 0 to 10, not '" + value + "'." + LIST);
        }
    }

    @Test
    void saysWhichRequiredFlagIsMissing() {
        assertThatThrownBy(() -> parse().required("--output"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--output is missing." + LIST);
    }

    @Test
    void readsListsWithCommasOrRepeatedFlags() {
        assertThat(parse("--rows", "a, b,,c", "--rows=d").list("--rows")).containsExactly("a", "b", "c", "d");
        assertThat(parse().list("--rows")).isEmpty();
        assertThatThrownBy(() -> parse("--rows").list("--rows")).hasMessage("--rows has no value." + LIST);
    }

    @Test
    void readsFlagsThatNeedNoValue() {
        assertThat(parse("--rows").isSet("--rows")).isTrue();
        assertThat(parse("--rows", "--output", "x").isSet("--rows")).isTrue();
        assertThat(parse("--rows=false").isSet("--rows")).isFalse();
        assertThat(parse().isSet("--rows")).isFalse();
        assertThatThrownBy(() -> parse("--rows", "yes").isSet("--rows"))
                .isInstanceOf(UserFault.class)
                .hasMessage("--rows takes no value but true or false, not 'yes'." + LIST);
    }

    @Test
    void offersTheWordsThatAFlagMayBe() {
        List<String> choices = List.of("titles", "reviews");
        assertThat(parse("--rows", "reviews").choiceOr("--rows", "titles", choices))
                .isEqualTo("reviews");
        assertThat(parse().choiceOr("--rows", "titles", choices)).isEqualTo("titles");
        assertThatThrownBy(() -> parse("--rows", "review").choiceOr("--rows", "titles", choices))
                .isInstanceOf(UserFault.class)
                .hasMessage("--rows must be one of titles, reviews, not 'review'. Did you mean reviews?");
    }

    @Test
    void keepsTheStackTraceOutOfAUsersMistake() {
        assertThatThrownBy(() -> parse("--rows").optional("--rows"))
                .satisfies(fault -> assertThat(fault.getStackTrace()).isEmpty());
    }

    private static Flags parse(String... arguments) {
        return Flags.parse(KNOWN, arguments);
    }

    /** A job asks for each of its flags, and so finds every slip. */
    private static void assertFault(String message, String... arguments) {
        assertThatThrownBy(() -> {
                    Flags flags = parse(arguments);
                    KNOWN.forEach(flags::optional);
                })
                .isInstanceOf(UserFault.class)
                .hasMessage(message);
    }
}
