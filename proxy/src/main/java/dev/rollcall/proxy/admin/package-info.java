/** What operators see and change: health, API, metrics, dashboard. */
@NullMarked
package dev.rollcall.proxy.admin;

import org.jspecify.annotations.NullMarked;
