@NullMarked
package org.emrelay.runner.model;

import org.jspecify.annotations.NullMarked;
