package org.emrelay.runner.platform.aws.pricelist;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.emrelay.runner.platform.aws.price.PriceKey;
import org.emrelay.runner.platform.aws.price.PriceLines;
import org.emrelay.runner.platform.file.PrivateFiles;

/** The user's cache of prices, a file for each region. It is optional: a file that is not valid is ignored. */
record PriceCache(Path directory) {
    private static final Duration MAX_AGE = Duration.ofDays(30);

    /** A file with all instance types has about 50 kB. */
    private static final long MAX_BYTES = 1_000_000;

    private static final String FETCHED = "fetched,";
    private static final String ASKED = "asked,";

    /**
     * What the Price List API has answered.
     *
     * @param fetched when it was asked first
     * @param asked the instance types that it was asked for, also those without a price
     */
    record Entry(Instant fetched, Set<String> asked, Map<PriceKey, BigDecimal> prices) {
        Entry {
            asked = Set.copyOf(asked);
            prices = Map.copyOf(prices);
        }
    }

    /** Empty if there is no valid entry that is young enough. */
    Optional<Entry> find(String region, Instant now) {
        try {
            Path file = file(region);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_BYTES
                    ? parse(Files.readString(file)).filter(entry -> isYoung(entry, now))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** A time in the future is wrong too: its prices would never be renewed. */
    private static boolean isYoung(Entry entry, Instant now) {
        return !entry.fetched().isAfter(now) && entry.fetched().plus(MAX_AGE).isAfter(now);
    }

    private static Optional<Entry> parse(String text) {
        Instant fetched = null;
        Set<String> asked = new LinkedHashSet<>();
        List<String> prices = new ArrayList<>();
        if (!text.endsWith("\n")) {
            return Optional.empty();
        }
        try {
            for (String line : text.lines().toList()) {
                if (line.startsWith(FETCHED)) {
                    fetched = Instant.parse(line.substring(FETCHED.length()));
                } else if (line.startsWith(ASKED)) {
                    asked.add(line.substring(ASKED.length()));
                } else {
                    prices.add(line);
                }
            }
        } catch (DateTimeParseException invalid) {
            return Optional.empty();
        }
        Instant time = fetched;
        return time == null ? Optional.empty() : PriceLines.read(prices).map(known -> new Entry(time, asked, known));
    }

    /** Does nothing if the directory is not writable. */
    void put(String region, Entry entry) {
        StringBuilder text = new StringBuilder(FETCHED + entry.fetched() + "\n");
        new TreeSet<>(entry.asked())
                .forEach(type -> text.append(ASKED).append(type).append('\n'));
        text.append(PriceLines.write(entry.prices()));
        try {
            PrivateFiles.createDirectories(directory);
            PrivateFiles.write(file(region), text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            // The next command asks again.
        }
    }

    private Path file(String region) {
        return directory.resolve("prices-" + region + ".csv");
    }
}
