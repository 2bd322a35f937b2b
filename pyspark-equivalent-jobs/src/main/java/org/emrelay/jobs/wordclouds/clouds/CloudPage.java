package org.emrelay.jobs.wordclouds.clouds;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** The page on which people look at the clouds: one file that holds all it needs, written year by year. */
record CloudPage(PageData data, String heading, long mostEmbedded) {
    /** Bytes of pictures; with more, browsers take seconds to open the page: its pictures then stay in the files beside it. */
    static final long MOST_EMBEDDED = 64_000_000;

    CloudPage {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(heading, "heading");
    }

    void writeTo(Writer writer, Pictures pictures) throws IOException {
        String[] parts = resource("page.html").split("<!--(STYLE|DATA|PICTURES|SCRIPT)-->", -1);
        writer.write(parts[0].replace("<!--HEADING-->", escaped(heading)));
        writer.write("<style>\n" + resource("page.css") + "</style>");
        writer.write(parts[1].replace("<!--HEADING-->", escaped(heading)));
        writer.write("<script type=\"application/json\" id=\"data\">");
        data.writeTo(writer);
        writer.write("</script>");
        writer.write(parts[2]);
        writePictures(writer, pictures);
        writer.write(parts[3]);
        writer.write("<script>\n" + resource("page.js") + "</script>");
        writer.write(parts[4]);
    }

    private void writePictures(Writer writer, Pictures pictures) throws IOException {
        long bytes = 0;
        for (DrawnYear year : data.years()) {
            bytes += pictures.bytes(year);
        }
        for (int number = 0; number < data.years().size(); number++) {
            DrawnYear year = data.years().get(number);
            // Of a type that the browser neither runs nor decodes before it is asked for.
            writer.write("<script type=\"text/plain\" id=\"picture-" + number + "\">");
            writer.write(
                    bytes > mostEmbedded
                            ? year.fileName()
                            : "data:image/png;base64," + Base64.getEncoder().encodeToString(pictures.read(year)));
            writer.write("</script>\n");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(CloudPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
