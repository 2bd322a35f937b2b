package org.emrelay.jobs.topics.combine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.emrelay.jobs.learning.JsonText;

/**
 * What a run read and wrote.
 *
 * @param files the number of files that this run read
 * @param unchangedFiles the number of files that an earlier run had already read
 * @param posts the number of posts in the files read, duplicates included
 * @param malformed the number of malformed records by reason; 0 for reasons that did not occur
 * @param duplicates the number of posts whose id had already been read
 * @param written the hours that this run wrote
 * @param referred the hours of earlier outputs that this output refers to
 */
record CombineReport(
        long files,
        long unchangedFiles,
        long posts,
        Map<String, Long> malformed,
        long duplicates,
        List<HourFolder> written,
        List<HourFolder> referred) {
    CombineReport {
        malformed = new LinkedHashMap<>(malformed);
        written = List.copyOf(written);
        referred = List.copyOf(referred);
    }

    static CombineReport of(
            long files, Manifest earlier, long posts, Map<String, Long> malformed, List<HourFolder> written) {
        Set<String> hours = written.stream().map(HourFolder::hour).collect(Collectors.toSet());
        List<HourFolder> referred = new ArrayList<>();
        long reopened = 0;
        for (HourFolder hour : earlier.hours()) {
            if (hours.contains(hour.hour())) {
                reopened += hour.posts();
            } else {
                referred.add(hour);
            }
        }
        return new CombineReport(
                files, earlier.files().size(), posts, malformed, posts - (sum(written) - reopened), written, referred);
    }

    long records() {
        return posts + malformed.values().stream().mapToLong(Long::longValue).sum();
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("files", files);
        json.put("unchanged_files", unchangedFiles);
        json.put("lines", records());
        json.put("posts", posts);
        json.put("malformed", malformed);
        json.put("duplicates_by_id", duplicates);
        json.put("hours_written", written.stream().map(HourFolder::hour).toList());
        json.put("hours_referred_to", referred.stream().map(HourFolder::hour).toList());
        json.put("posts_in_all_hours", sum(written) + sum(referred));
        return JsonText.of(json);
    }

    private static long sum(List<HourFolder> hours) {
        return hours.stream().mapToLong(HourFolder::posts).sum();
    }

    /** Formats the reasons that occurred: {@code 3 unreadable line, 1 no id}. */
    static String summary(Map<String, Long> malformed) {
        return malformed.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", "));
    }

    void print() {
        List<String> parts = new ArrayList<>();
        parts.add("Combined " + posts + " posts from " + records() + " records in " + files + " files");
        if (unchangedFiles > 0) {
            parts.add(unchangedFiles + " files were read earlier");
        }
        if (duplicates > 0) {
            parts.add(duplicates + " duplicates by id");
        }
        String reasons = summary(malformed);
        if (!reasons.isEmpty()) {
            parts.add("malformed: " + reasons);
        }
        System.out.println(String.join("; ", parts) + ".");
        System.out.println("Wrote " + written.size() + " hours"
                + (referred.isEmpty() ? "" : ", referred to " + referred.size() + " hours of earlier runs") + ": "
                + (sum(written) + sum(referred)) + " posts in all.");
        System.out.flush();
    }
}
