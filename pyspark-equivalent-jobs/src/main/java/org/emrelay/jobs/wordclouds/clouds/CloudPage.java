package org.emrelay.jobs.wordclouds.clouds;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.emrelay.pages.Html;

/** The HTML page that shows the clouds: a single self-contained file, streamed year by year. */
record CloudPage(PageData data, String heading, long maxEmbeddedBytes) {
    /**
     * Above this many bytes of images, browsers take seconds to open the page, so it links to the image files
     * instead.
     */
    static final long MAX_EMBEDDED_BYTES = 64_000_000;

    CloudPage {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(heading, "heading");
    }

    void writeTo(Writer writer, ImageStore images) throws IOException {
        String[] parts = resource("page.html").split("<!--(STYLE|DATA|PICTURES|SCRIPT)-->", -1);
        writer.write(parts[0].replace("<!--HEADING-->", Html.escape(heading)));
        writer.write("<style>\n" + resource("page.css") + "</style>");
        writer.write(parts[1].replace("<!--HEADING-->", Html.escape(heading)));
        writer.write("<script type=\"application/json\" id=\"data\">");
        data.writeTo(writer);
        writer.write("</script>");
        writer.write(parts[2]);
        writeImages(writer, images);
        writer.write(parts[3]);
        writer.write("<script>\n" + resource("page.js") + "</script>");
        writer.write(parts[4]);
    }

    private void writeImages(Writer writer, ImageStore images) throws IOException {
        long bytes = 0;
        for (RenderedYear year : data.years()) {
            bytes += images.bytes(year);
        }
        for (int index = 0; index < data.years().size(); index++) {
            RenderedYear year = data.years().get(index);
            // The browser neither executes nor decodes this type until the script reads it.
            writer.write("<script type=\"text/plain\" id=\"picture-" + index + "\">");
            writer.write(
                    bytes > maxEmbeddedBytes
                            ? year.fileName()
                            : "data:image/png;base64," + Base64.getEncoder().encodeToString(images.read(year)));
            writer.write("</script>\n");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(CloudPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
