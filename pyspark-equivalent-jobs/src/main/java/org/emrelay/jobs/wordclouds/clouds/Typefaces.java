package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import java.util.List;
import java.util.Optional;

/** The typefaces that ship with the jobs; they turn words into outlines, whatever fonts the machine has or lacks. */
final class Typefaces {
    /** The size of all outlines, in points. */
    static final float SIZE = 100;

    /** Asked in this order; those of East Asia last, for they are 18 MB and most titles do without. */
    private static final List<Typeface> ALL = List.of(
            new Typeface("/fonts/sans/NotoSansMerged-Bold.ttf", Font.PLAIN),
            new Typeface("/optional/fonts/sans/NotoSansArmenian-Regular.ttf", Font.BOLD),
            new Typeface("/optional/fonts/sans/NotoSansCJKtc-Regular.ttf", Font.BOLD));

    private static final FontRenderContext ACCURATE = new FontRenderContext(null, true, true);

    private Typefaces() {}

    /** Fails, in a sentence, where this machine's Java cannot draw text at all. */
    static void requireUsable() {
        ALL.get(0).font();
    }

    /** The word's outline at {@link #SIZE}, its beginning on the baseline; none where it has a letter that no typeface has. */
    static Optional<Shape> outline(String word) {
        AttributedString text = new AttributedString(word);
        int at = 0;
        while (at < word.length()) {
            int letter = word.codePointAt(at);
            int next = at + Character.charCount(letter);
            Optional<Font> font = fontOf(word, letter);
            if (font.isEmpty()) {
                return Optional.empty();
            }
            text.addAttribute(TextAttribute.FONT, font.get(), at, next);
            at = next;
        }
        Shape outline = new TextLayout(text.getIterator(), ACCURATE).getOutline(null);
        return outline.getBounds2D().isEmpty() ? Optional.empty() : Optional.of(outline);
    }

    /** One for the whole word if there is one, for only letters of one typeface join and stack. */
    private static Optional<Font> fontOf(String word, int letter) {
        for (Typeface typeface : ALL) {
            if (typeface.font().canDisplayUpTo(word) < 0) {
                return Optional.of(typeface.font());
            }
        }
        return ALL.stream()
                .map(Typeface::font)
                .filter(font -> font.canDisplay(letter))
                .findFirst();
    }
}
