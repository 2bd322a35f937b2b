package org.emrelay.jobs.wordclouds.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Shape;
import java.awt.geom.Area;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypefacesTest {

    @ParameterizedTest
    @ValueSource(strings = {"love", "Война", "שלום", "سلام", "हिन्दी", "漢字", "汉语", "한국", "かな", "ไทย", "Հայ", "漢字שלום"})
    void haveTheLettersOf(String word) {
        assertThat(Typefaces.outline(word)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "love❤", "\uE000", "\uD800", "\u200D", " "})
    void haveNothingToDrawFor(String word) {
        assertThat(Typefaces.outline(word)).isEmpty();
    }

    @Test
    void drawDifferentWordsDifferently() {
        Area differing = new Area(outline("漢字"));
        differing.exclusiveOr(new Area(outline("書籍")));

        assertThat(differing.isEmpty()).isFalse();
    }

    @Test
    void joinArabicLetters() {
        double apart = outline("س").getBounds2D().getWidth()
                + outline("ل").getBounds2D().getWidth()
                + outline("ا").getBounds2D().getWidth()
                + outline("م").getBounds2D().getWidth();

        assertThat(outline("سلام").getBounds2D().getWidth()).isLessThan(0.9 * apart);
    }

    @Test
    void drawHebrewFromTheRight() {
        // A word that begins with a narrow letter and ends with a broad one, and so has more ink on the left.
        assertThat(new Area(outline("יש")).contains(outline("יש").getBounds2D().getMinX() + 5, -5))
                .isEqualTo(new Area(outline("ש"))
                        .contains(outline("ש").getBounds2D().getMinX() + 5, -5));
        assertThat(outline("יש").getBounds2D().getMinX())
                .isCloseTo(outline("ש").getBounds2D().getMinX(), org.assertj.core.data.Offset.offset(1.0));
    }

    private static Shape outline(String word) {
        return Typefaces.outline(word).orElseThrow();
    }
}
