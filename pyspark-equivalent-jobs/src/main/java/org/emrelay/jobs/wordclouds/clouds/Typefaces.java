package org.emrelay.jobs.wordclouds.clouds;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.text.AttributedString;
import java.util.List;
import java.util.Optional;

/** Converts words to glyph outlines with bundled fonts, independent of the fonts of the host. */
final class Typefaces {
    /** The font size of all outlines, in points. */
    static final float SIZE = 100;

    /** Tried in this order; the East Asian font is last because it is 18 MB and most titles do not need it. */
    private static final List<Typeface> IN_ORDER = List.of(
            new Typeface("/fonts/sans/NotoSansMerged-Bold.ttf", Font.PLAIN),
            new Typeface("/optional/fonts/sans/NotoSansArmenian-Regular.ttf", Font.BOLD),
            new Typeface("/optional/fonts/sans/NotoSansCJKtc-Regular.ttf", Font.BOLD));

    private static final FontRenderContext ANTIALIASED = new FontRenderContext(null, true, true);

    private Typefaces() {}

    /** Fails with a user-facing message if Java cannot draw text on this host. */
    static void requireUsable() {
        IN_ORDER.get(0).font();
    }

    /**
     * Returns the outline of a word at {@link #SIZE}, starting on the baseline; empty if no font has one of its
     * glyphs.
     */
    static Optional<Shape> outline(String word) {
        AttributedString text = new AttributedString(word);
        int index = 0;
        while (index < word.length()) {
            int codePoint = word.codePointAt(index);
            int next = index + Character.charCount(codePoint);
            Optional<Font> font = fontOf(word, codePoint);
            if (font.isEmpty()) {
                return Optional.empty();
            }
            text.addAttribute(TextAttribute.FONT, font.get(), index, next);
            index = next;
        }
        Shape outline = new TextLayout(text.getIterator(), ANTIALIASED).getOutline(null);
        return outline.getBounds2D().isEmpty() ? Optional.empty() : Optional.of(outline);
    }

    /** Prefers one font for the whole word, because only glyphs of the same font join and stack. */
    private static Optional<Font> fontOf(String word, int codePoint) {
        for (Typeface typeface : IN_ORDER) {
            if (typeface.font().canDisplayUpTo(word) < 0) {
                return Optional.of(typeface.font());
            }
        }
        return IN_ORDER.stream()
                .map(Typeface::font)
                .filter(font -> font.canDisplay(codePoint))
                .findFirst();
    }
}
