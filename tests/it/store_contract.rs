//! The contract of the store: each rule is one function, run on both homes of the data.
//!
//! A [`Home`] is an empty store plus a way for "another program" to write to it with plain SQL.

mod fixture;
mod geopackage;
mod home;
mod postgis;
mod record_rules;
mod records;
mod rules;
mod views;

/// Makes one test of every rule for every home.
macro_rules! contract {
    ($($rules:ident: $($rule:ident),+ $(,)?;)+) => {
        mod on_geopackage {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                super::$rules::$rule(&super::home::Home::geopackage().await).await;
            })+)+
        }

        mod on_postgis {
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $rule() {
                let home = super::home::Home::postgis().await;
                super::$rules::$rule(&home).await;
                home.drop().await;
            })+)+
        }
    };
}

contract! {
    rules:
    what_is_applied_comes_back_exactly,
    an_equal_row_is_no_change,
    a_failing_set_leaves_nothing,
    the_order_of_changes_in_a_set_is_free,
    a_broken_rule_is_named_with_table_and_key,
    the_first_of_many_broken_rows_is_named,
    new_and_changed_rows_of_a_table_come_together,
    a_reference_to_nothing_is_named_with_the_row_that_has_it,
    deleting_the_illustrative_removes_them_all,
    a_real_row_keeps_its_illustrative_target_from_being_deleted,
    real_rows_may_take_the_place_of_illustrative_ones,
    a_load_brings_only_the_vintages_that_changed,
    a_load_brings_everything_when_changes_are_missing,
    a_load_brings_everything_when_what_is_known_is_of_another_store,
    a_set_made_for_another_state_is_refused,
    a_peek_is_a_load,
    every_edit_is_audited_before_and_after,
    an_edit_by_another_program_is_seen,
    our_own_write_wakes_the_waiter,
    concurrent_sets_come_one_after_the_other,
    geometry_nobody_can_read_is_listed_and_left_out,
    aliases_keep_their_order_and_may_change_hands,
    opening_twice_at_once_makes_one_schema,
    a_newer_schema_is_refused,
    a_large_set_is_written_and_read;
    record_rules:
    a_new_store_has_the_lists,
    every_kind_of_record_comes_back_as_it_was,
    every_kind_of_record_may_change_and_go,
    invented_records_go_together_and_lists_stay,
    a_rule_that_a_record_breaks_is_named,
    a_record_that_refers_to_nothing_is_named,
    records_of_other_programs_are_noted_under_their_keys;
    views:
    the_views_count_by_unit_and_cycle,
    the_views_count_what_the_service_counts,
    a_practice_stays_where_its_point_lies_and_views_leave_that_open,
    what_was_put_away_is_public_only_if_it_was_identified;
}
