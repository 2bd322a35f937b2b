package org.emrelay.jobs.churn.features;

import java.util.List;

/** Counts the visits of a user to each page, in total and in the recent days. */
final class PageCounts {
    private final List<String> pages;
    private final long[] total;
    private final long[] recent;

    PageCounts(List<String> pages) {
        this.pages = pages;
        total = new long[pages.size()];
        recent = new long[pages.size()];
    }

    /** Adds a visit to the page with this 1-based code. */
    void add(int pageCode, boolean isRecent) {
        total[pageCode - 1]++;
        if (isRecent) {
            recent[pageCode - 1]++;
        }
    }

    long at(int index) {
        return total[index];
    }

    /** Returns 0 for a page without a feature. */
    long of(String page) {
        int index = pages.indexOf(page);
        return index < 0 ? 0 : total[index];
    }

    long recent(String page) {
        int index = pages.indexOf(page);
        return index < 0 ? 0 : recent[index];
    }

    long earlier(String page) {
        return of(page) - recent(page);
    }
}
