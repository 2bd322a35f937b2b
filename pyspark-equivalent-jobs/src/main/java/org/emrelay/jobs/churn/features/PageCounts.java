package org.emrelay.jobs.churn.features;

import java.util.List;

/** How often a user was on each page, in all and of late. */
final class PageCounts {
    private final List<String> pages;
    private final long[] all;
    private final long[] recent;

    PageCounts(List<String> pages) {
        this.pages = pages;
        all = new long[pages.size()];
        recent = new long[pages.size()];
    }

    /** Takes the page's code: its place from 1. */
    void add(int code, boolean isRecent) {
        all[code - 1]++;
        if (isRecent) {
            recent[code - 1]++;
        }
    }

    long at(int place) {
        return all[place];
    }

    /** 0 of a page that is not among those of the settings. */
    long of(String page) {
        int place = pages.indexOf(page);
        return place < 0 ? 0 : all[place];
    }

    long recent(String page) {
        int place = pages.indexOf(page);
        return place < 0 ? 0 : recent[place];
    }

    long earlier(String page) {
        return of(page) - recent(page);
    }
}
