-- What every store has from the start: themes, states of a replication, settings, funding sources and
-- ratings. Rows that are there already stay as they are; people may change, add and retire any of them.

insert into hlp.theme (code, name_mn, name_en, position) values
  ('eservice', 'Цахим үйлчилгээ', 'Online services', 1),
  ('service', 'Төрийн үйлчилгээний чанар', 'Service quality', 2),
  ('participation', 'Иргэдийн оролцоо', 'Participation', 3),
  ('waste', 'Хог хаягдал', 'Waste', 4),
  ('green', 'Ногоон байгууламж', 'Greening', 5),
  ('space', 'Нийтийн талбай, тохижилт', 'Public space', 6),
  ('infra', 'Дэд бүтэц, ус, ариун цэвэр', 'Infrastructure, water and sanitation', 7),
  ('safety', 'Аюулгүй байдал, гамшиг', 'Safety and disasters', 8),
  ('social', 'Нийгмийн хамгаалал, эрүүл мэнд', 'Social protection and health', 9),
  ('youth', 'Хүүхэд, залуучууд, боловсрол', 'Children, youth and education', 10),
  ('work', 'Ажил эрхлэлт, орлого', 'Livelihoods', 11),
  ('admin', 'Дотоод ажил, хүний нөөц', 'Internal administration', 12)
on conflict (code) do nothing;

insert into hlp.replication_status (code, name_mn, name_en, position, counts, active) values
  ('planned', 'Төлөвлөсөн', 'Planned', 1, false, true),
  ('funded', 'Санхүүжсэн', 'Funded', 2, false, true),
  ('in_progress', 'Хэрэгжиж буй', 'In progress', 3, false, true),
  ('completed', 'Дууссан', 'Completed', 4, true, true),
  ('stopped', 'Зогссон', 'Stopped', 5, false, false)
on conflict (code) do nothing;

insert into hlp.setting (code, name_mn, name_en, position) values
  ('ger', 'Гэр хороолол', 'Ger area', 1),
  ('apartment', 'Орон сууцны хороолол', 'Apartment area', 2),
  ('mixed', 'Холимог', 'Mixed', 3),
  ('rural', 'Хөдөө', 'Rural', 4)
on conflict (code) do nothing;

insert into hlp.funding_source (code, name_mn, name_en, position, direct) values
  ('own', 'Хорооны өөрийн төсөв', 'Own budget', 1, true),
  ('district', 'Дүүргийн төсөв', 'District budget', 2, false),
  ('city', 'Нийслэлийн төсөв', 'City budget', 3, false),
  ('ldf', 'Орон нутгийн хөгжлийн сан', 'Local Development Fund', 4, false),
  ('donor', 'Хандивлагч байгууллага', 'Donor', 5, false),
  ('private', 'Хувийн хэвшил', 'Private sector', 6, false),
  ('residents', 'Иргэд', 'Residents', 7, false)
on conflict (code) do nothing;

insert into hlp.rating (code, name_mn, name_en, position) values
  ('outstanding', 'Онцгой сайн', 'Outstanding', 1),
  ('good', 'Сайн', 'Good', 2),
  ('needs_improvement', 'Сайжруулах шаардлагатай', 'Needs improvement', 3),
  ('with_support', 'Дэмжлэгтэй', 'With support', 4)
on conflict (code) do nothing;
