package org.emrelay.jobs.topics.text;

import java.util.Map;
import org.apache.commons.text.translate.AggregateTranslator;
import org.apache.commons.text.translate.EntityArrays;
import org.apache.commons.text.translate.LookupTranslator;
import org.apache.commons.text.translate.NumericEntityUnescaper;

/** Decodes the HTML entities in texts from X's API. */
final class HtmlEntities {
    private static final Map<CharSequence, CharSequence> APOSTROPHE = Map.of("&apos;", "'");
    private static final AggregateTranslator TRANSLATOR = new AggregateTranslator(
            new LookupTranslator(EntityArrays.BASIC_UNESCAPE),
            new LookupTranslator(APOSTROPHE),
            new LookupTranslator(EntityArrays.ISO8859_1_UNESCAPE),
            new LookupTranslator(EntityArrays.HTML40_EXTENDED_UNESCAPE),
            new NumericEntityUnescaper(NumericEntityUnescaper.OPTION.semiColonRequired));

    private HtmlEntities() {}

    /** Decodes a second time if entities remain. The ampersands of copied posts are often escaped twice. */
    static String decode(String text) {
        if (!hasEntity(text)) {
            return text;
        }
        String once = decodeOnce(text);
        return hasEntity(once) ? decodeOnce(once) : once;
    }

    private static String decodeOnce(String text) {
        try {
            return TRANSLATOR.translate(text);
        } catch (IllegalArgumentException beyondUnicode) {
            // commons-text does not check the range of numeric entities.
            return text;
        }
    }

    private static boolean hasEntity(String text) {
        int start = text.indexOf('&');
        return start >= 0 && text.indexOf(';', start) > 0;
    }
}
