package org.emrelay.pages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * A self-contained HTML page with a script of its own.
 *
 * <p>Its content security policy allows this style sheet and this script by their hashes, and nothing else: no request, and no script
 * that a text might bring along.
 *
 * @param body the escaped content, as of {@link ReportPage#body}
 * @param style what is added to the style sheet of all pages
 * @param data JSON for the script, in the element {@code data}; its texts are from {@link HtmlSafeJson}
 */
public record ScriptedPage(String title, String body, String style, String data, String script) {
    public ScriptedPage {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(style, "style");
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(script, "script");
    }

    public String html() {
        String css = "\n" + PageStyle.css() + style;
        String program = "\n" + script;
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" + hash(css)
                + "'; script-src '" + hash(program) + "'; base-uri 'none'; form-action 'none'\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n"
                + "<title>" + Html.escape(title) + "</title>\n<style>" + css + "</style>\n</head>\n<body>\n" + body
                + "<script type=\"application/json\" id=\"data\">" + data + "</script>\n<script>" + program
                + "</script>\n</body>\n</html>\n";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        }
    }
}
