/** The step that drops unwanted posts, other languages, reposts and near-duplicates before topics are found. */
@NullMarked
package org.emrelay.jobs.topics.filter;

import org.jspecify.annotations.NullMarked;
