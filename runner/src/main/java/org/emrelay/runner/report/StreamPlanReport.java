package org.emrelay.runner.report;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.emrelay.runner.model.StreamDefinition;
import org.emrelay.runner.model.StreamDefinition.Compression;
import org.emrelay.runner.model.StreamDefinition.Limits;
import org.emrelay.runner.model.StreamSource;
import org.emrelay.runner.stream.SourcePrice;
import org.emrelay.runner.stream.source.XRules;
import org.jspecify.annotations.Nullable;

/** Reports what a stream reads, keeps, writes and costs, and when it stops. */
public record StreamPlanReport(StreamDefinition stream, Destination destination) implements Report {
    private static final int MILLION = 1_000_000;

    /**
     * The destination of the posts.
     *
     * @param uri the directory or prefix above the hours
     * @param resources one phrase for each resource to create
     * @param price the price of a million posts of 1 KB in dollars; null if unknown
     * @param priceSource the source of the price
     * @param errors the problems that prevent the creation, as far as they were checked
     */
    public record Destination(
            String uri,
            List<String> resources,
            @Nullable BigDecimal price,
            String priceSource,
            List<String> errors,
            List<String> warnings) {
        public Destination {
            Objects.requireNonNull(uri, "uri");
            resources = List.copyOf(resources);
            Objects.requireNonNull(priceSource, "priceSource");
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }

        /** The destination of local files. */
        public static Destination local(String directory) {
            return new Destination(
                    directory, List.of(), BigDecimal.ZERO, "files on this machine", List.of(), List.of());
        }

        public boolean isFeasible() {
            return errors.isEmpty();
        }
    }

    public StreamPlanReport {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(destination, "destination");
    }

    @Override
    public Map<String, Object> document() {
        Map<String, @Nullable Object> sink = new LinkedHashMap<>();
        sink.put("uri", destination.uri());
        sink.put("buffer_bytes", stream.sink().bufferBytes());
        sink.put("buffer_seconds", stream.sink().bufferTime().toSeconds());
        sink.put("compression", stream.sink().compression().name().toLowerCase(Locale.ROOT));
        sink.put("resources", destination.resources());
        Map<String, @Nullable Object> limits = new LinkedHashMap<>();
        limits.put("posts", stream.limits().posts());
        limits.put(
                "seconds",
                stream.limits().duration() == null
                        ? null
                        : stream.limits().duration().toSeconds());
        limits.put("dollars", stream.limits().cost());
        Map<String, @Nullable Object> dollars = new LinkedHashMap<>();
        dollars.put("source", amount(sourcePrice(MILLION)));
        dollars.put("sink", destination.price() == null ? null : amount(destination.price()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("stream", stream.name());
        document.put("source", source());
        document.put("track", stream.track());
        document.put("languages", stream.languages());
        document.put("sink", sink);
        document.put("limits", limits);
        document.put("dollars_a_million_posts", dollars);
        document.put("errors", destination.errors());
        document.put("warnings", destination.warnings());
        return document;
    }

    private static String amount(BigDecimal dollars) {
        return dollars.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }

    private BigDecimal sourcePrice(long posts) {
        return SourcePrice.of(stream.source(), posts);
    }

    @Override
    public void writeText(PrintStream out) {
        out.println("Stream " + stream.name());
        LabelledText lines = new LabelledText(out);
        lines.line("reads", source());
        if (stream.source() instanceof StreamSource.X) {
            XRules.values(stream.track(), stream.languages()).forEach(rule -> lines.line("rule", rule));
        }
        lines.line("keeps", kept());
        lines.line(
                "writes",
                destination.uri() + "yyyy/MM/dd/HH/, a file every "
                        + Quantities.duration(stream.sink().bufferTime()) + " or "
                        + stream.sink().bufferBytes() / (1024 * 1024) + " MB"
                        + (stream.sink().compression() == Compression.GZIP ? ", gzipped" : ""));
        destination.resources().forEach(resource -> lines.line("creates", resource));
        lines.line("stops", stops());
        lines.line("costs", costs());
        destination.errors().forEach(error -> lines.line("error", error));
        destination.warnings().forEach(warning -> lines.line("warning", warning));
    }

    private String source() {
        StreamSource source = stream.source();
        if (source instanceof StreamSource.Jetstream jetstream) {
            return "jetstream: " + String.join(", ", jetstream.collections()) + " from " + jetstream.url()
                    + (jetstream.start() == null ? "" : " since " + Quantities.time(jetstream.start()));
        } else if (source instanceof StreamSource.X x) {
            return "x: the filtered stream of " + x.url() + ", with the token in " + x.token();
        } else if (source instanceof StreamSource.Replay replay) {
            return "replay: " + replay.path() + rate(replay.rate());
        }
        StreamSource.Synthetic synthetic = (StreamSource.Synthetic) source;
        return "synthetic: " + (synthetic.posts() == null ? "posts" : Quantities.count(synthetic.posts(), "post"))
                + " with seed " + synthetic.seed() + rate(synthetic.rate());
    }

    private static String rate(@Nullable Double rate) {
        return rate == null ? " at full speed" : String.format(Locale.ROOT, ", %,.6g per second", rate);
    }

    private String kept() {
        String terms = stream.track().stream().map(term -> "'" + term + "'").collect(Collectors.joining(" or "));
        return (terms.isEmpty() ? "all posts" : "posts with " + terms)
                + (stream.languages().isEmpty() ? "" : " in " + String.join(", ", stream.languages()));
    }

    private String stops() {
        Limits limits = stream.limits();
        List<String> ends = new ArrayList<>();
        if (limits.posts() != null) {
            ends.add("after " + Quantities.count(limits.posts(), "post"));
        }
        if (limits.duration() != null) {
            ends.add("after " + Quantities.duration(limits.duration()));
        }
        if (limits.cost() != null) {
            ends.add("at " + dollars(BigDecimal.valueOf(limits.cost())));
        }
        if (stream.source() instanceof StreamSource.Replay
                || (stream.source() instanceof StreamSource.Synthetic synthetic && synthetic.posts() != null)) {
            ends.add("at the end of the source");
        }
        ends.add("on Ctrl-C or stop_stream");
        return String.join(", ", ends);
    }

    private String costs() {
        StreamSource source = stream.source();
        Long limit = stream.limits().posts();
        long posts = limit == null ? MILLION : limit;
        String ofSource =
                Quantities.count(posts, "post") + " from " + source.type() + ": " + dollars(sourcePrice(posts));
        if (destination.resources().isEmpty()) {
            return ofSource;
        }
        String ofSink = destination.price() == null
                ? "unknown (" + destination.priceSource() + ")"
                : dollars(destination
                                .price()
                                .multiply(BigDecimal.valueOf(posts))
                                .divide(BigDecimal.valueOf(MILLION))) + " (" + destination.priceSource() + ")";
        return ofSource + "; Firehose, if all are kept and have 1 KB: " + ofSink;
    }

    private static String dollars(BigDecimal dollars) {
        return dollars.signum() == 0 ? "$0" : String.format(Locale.ROOT, "$%,.2f", dollars);
    }
}
